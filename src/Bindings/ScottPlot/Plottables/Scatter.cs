namespace ScottPlot.Plottables;

/// <summary>Points, joined by lines.</summary>
public class Scatter : IPlottable
{
    private readonly double[] _xs;
    private readonly double[] _ys;

    internal Scatter(double[] xs, double[] ys)
    {
        if (xs.Length != ys.Length) throw new ArgumentException($"{ys.Length} values beside {xs.Length}", nameof(ys));
        (_xs, _ys) = (xs, ys);
    }

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <summary>What the legend says; nothing for no entry.</summary>
    public string LegendText { get; set; } = "";

    /// <summary>How the lines look.</summary>
    public LineStyle LineStyle { get; set; } = new(1);

    /// <summary>How the markers look.</summary>
    public MarkerStyle MarkerStyle { get; set; } = new();

    /// <summary>The width of the lines, in pixels; 0 for none.</summary>
    public float LineWidth { get => LineStyle.Width; set => LineStyle.Width = value; }

    /// <summary>The colour of the lines.</summary>
    public Color LineColor { get => LineStyle.Color; set => LineStyle.Color = value; }

    /// <summary>Where the lines are drawn and where they are not.</summary>
    public LinePattern LinePattern { get => LineStyle.Pattern; set => LineStyle.Pattern = value; }

    /// <summary>The markers' shape.</summary>
    public MarkerShape MarkerShape { get => MarkerStyle.Shape; set => MarkerStyle.Shape = value; }

    /// <summary>The markers' size, in pixels.</summary>
    public float MarkerSize { get => MarkerStyle.Size; set => MarkerStyle.Size = value; }

    /// <summary>The colour inside of full markers.</summary>
    public Color MarkerFillColor { get => MarkerStyle.FillColor; set => MarkerStyle.FillColor = value; }

    /// <summary>The colour of the markers' lines.</summary>
    public Color MarkerLineColor { get => MarkerStyle.LineColor; set => MarkerStyle.LineColor = value; }

    /// <summary>The width of the markers' lines, in pixels.</summary>
    public float MarkerLineWidth { get => MarkerStyle.LineWidth; set => MarkerStyle.LineWidth = value; }

    /// <summary>The colour of lines and markers.</summary>
    public Color Color
    {
        get => LineColor;
        set => LineColor = MarkerFillColor = MarkerLineColor = value;
    }

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems =>
        LegendItem.ForLegend(LegendText, new LegendItem { LineStyle = LineStyle, MarkerStyle = MarkerStyle });

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        ArgumentNullException.ThrowIfNull(rp);
        var points = _xs.Zip(_ys, rp.ToPixel).ToArray();
        rp.Canvas.Stroke(points, isClosed: false, LineStyle);
        foreach (var point in points)
        {
            MarkerStyle.Draw(rp, point);
        }
    }
}
