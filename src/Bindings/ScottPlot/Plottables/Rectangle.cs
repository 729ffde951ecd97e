namespace ScottPlot.Plottables;

/// <summary>A filled rectangle.</summary>
public class Rectangle : IPlottable
{
    /// <summary>One end along the horizontal axis.</summary>
    public double X1 { get; set; }

    /// <summary>The other end along the horizontal axis.</summary>
    public double X2 { get; set; }

    /// <summary>One end along the vertical axis.</summary>
    public double Y1 { get; set; }

    /// <summary>The other end along the vertical axis.</summary>
    public double Y2 { get; set; }

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <summary>The colour inside.</summary>
    public Color FillColor { get; set; } = Colors.Black;

    /// <summary>How its edge looks.</summary>
    public LineStyle LineStyle { get; set; } = new(1);

    /// <summary>The edge's width, in pixels; 0 for none.</summary>
    public float LineWidth { get => LineStyle.Width; set => LineStyle.Width = value; }

    /// <summary>The edge's colour.</summary>
    public Color LineColor { get => LineStyle.Color; set => LineStyle.Color = value; }

    /// <summary>What the legend says; nothing for no entry.</summary>
    public string LegendText { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => LegendItem.ForLegend(LegendText, new LegendItem { FillColor = FillColor });

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        ArgumentNullException.ThrowIfNull(rp);
        var (one, other) = (rp.ToPixel(X1, Y1), rp.ToPixel(X2, Y2));
        var rect = new PixelRect(Math.Min(one.X, other.X), Math.Max(one.X, other.X), Math.Max(one.Y, other.Y), Math.Min(one.Y, other.Y));
        rp.Canvas.Fill(rect, FillColor);
        rp.Canvas.Stroke(rect, LineStyle);
    }
}
