namespace ScottPlot;

/// <summary>What is drawn into the data area.</summary>
public interface IPlottable
{
    /// <summary>Whether it is drawn.</summary>
    bool IsVisible { get; set; }

    /// <summary>What the legend says of it.</summary>
    IEnumerable<LegendItem> LegendItems { get; }

    /// <summary>Draws it.</summary>
    /// <param name="rp">What it is drawn with.</param>
    void Render(RenderPack rp);
}
