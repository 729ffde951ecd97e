namespace ScottPlot.Plottables;

/// <summary>Bars through points, from what is less to what is more.</summary>
public class ErrorBar : IPlottable
{
    internal ErrorBar(IReadOnlyList<double> xs, IReadOnlyList<double> ys, IReadOnlyList<double> yErrors)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        ArgumentNullException.ThrowIfNull(yErrors);
        if (xs.Count != ys.Count || xs.Count != yErrors.Count)
        {
            throw new ArgumentException($"{xs.Count}, {ys.Count} and {yErrors.Count} values must be as many", nameof(yErrors));
        }

        (Xs, Ys, YErrorNegative, YErrorPositive) = (xs, ys, yErrors, yErrors);
    }

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <summary>Along the horizontal axis.</summary>
    public IReadOnlyList<double> Xs { get; set; }

    /// <summary>Along the vertical axis.</summary>
    public IReadOnlyList<double> Ys { get; set; }

    /// <summary>How far down each bar goes.</summary>
    public IReadOnlyList<double> YErrorNegative { get; set; }

    /// <summary>How far up each bar goes.</summary>
    public IReadOnlyList<double> YErrorPositive { get; set; }

    /// <summary>The width of a bar's ends, in pixels to either side.</summary>
    public float CapSize { get; set; } = 3;

    /// <summary>How the bars look.</summary>
    public LineStyle LineStyle { get; set; } = new(1);

    /// <summary>The width of the lines, in pixels.</summary>
    public float LineWidth { get => LineStyle.Width; set => LineStyle.Width = value; }

    /// <summary>The colour of the lines.</summary>
    public Color Color { get => LineStyle.Color; set => LineStyle.Color = value; }

    /// <summary>What the legend says; nothing for no entry.</summary>
    public string LegendText { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => LegendItem.ForLegend(LegendText, new LegendItem { LineStyle = LineStyle });

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        ArgumentNullException.ThrowIfNull(rp);
        for (var index = 0; index < Xs.Count; index++)
        {
            var low = rp.ToPixel(Xs[index], Ys[index] - YErrorNegative[index]);
            var high = rp.ToPixel(Xs[index], Ys[index] + YErrorPositive[index]);
            rp.Canvas.Stroke(low, high, LineStyle);
            foreach (var end in new[] { low, high })
            {
                rp.Canvas.Stroke(new Pixel(end.X - CapSize, end.Y), new Pixel(end.X + CapSize, end.Y), LineStyle);
            }
        }
    }
}
