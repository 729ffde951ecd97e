namespace ScottPlot.Plottables;

/// <summary>A text in the data area.</summary>
public class Text : LabelStyleProperties, IPlottable
{
    /// <inheritdoc/>
    public override LabelStyle LabelStyle { get; set; } = new();

    /// <summary>Where it stands, in the data's units.</summary>
    public Coordinates Location { get; set; }

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <summary>None: a text speaks for itself.</summary>
    public IEnumerable<LegendItem> LegendItems => [];

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        ArgumentNullException.ThrowIfNull(rp);
        LabelStyle.Draw(rp, rp.ToPixel(Location.X, Location.Y));
    }
}
