namespace ScottPlot.Plottables;

/// <summary>A line between two points.</summary>
public class LinePlot : IPlottable
{
    /// <summary>Where it begins, in the data's units.</summary>
    public Coordinates Start { get; set; }

    /// <summary>Where it ends, in the data's units.</summary>
    public Coordinates End { get; set; }

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <summary>How it looks.</summary>
    public LineStyle LineStyle { get; set; } = new(1);

    /// <summary>Its width, in pixels.</summary>
    public float LineWidth { get => LineStyle.Width; set => LineStyle.Width = value; }

    /// <summary>Its colour.</summary>
    public Color LineColor { get => LineStyle.Color; set => LineStyle.Color = value; }

    /// <summary>Where it is drawn and where it is not.</summary>
    public LinePattern LinePattern { get => LineStyle.Pattern; set => LineStyle.Pattern = value; }

    /// <summary>What the legend says; nothing for no entry.</summary>
    public string LegendText { get; set; } = "";

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => LegendItem.ForLegend(LegendText, new LegendItem { LineStyle = LineStyle });

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        ArgumentNullException.ThrowIfNull(rp);
        rp.Canvas.Stroke(rp.ToPixel(Start.X, Start.Y), rp.ToPixel(End.X, End.Y), LineStyle);
    }
}
