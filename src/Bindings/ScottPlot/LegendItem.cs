namespace ScottPlot;

/// <summary>One entry of a legend: a line, a marker or a filled box, and a text.</summary>
public class LegendItem : LabelStyleProperties
{
    /// <inheritdoc/>
    public override LabelStyle LabelStyle { get; set; } = new() { Alignment = Alignment.MiddleLeft };

    /// <summary>The line; of no width where there is none.</summary>
    public LineStyle LineStyle { get; set; } = new();

    /// <summary>The marker; of no shape where there is none.</summary>
    public MarkerStyle MarkerStyle { get; set; } = new() { Shape = MarkerShape.None };

    /// <summary>The colour of the box; transparent where there is none.</summary>
    public Color FillColor { get; set; } = Colors.Transparent;

    /// <summary>Whether it is shown.</summary>
    public bool IsVisible { get; set; } = true;

    internal static LegendItem[] ForLegend(string text, LegendItem item)
    {
        item.LabelText = text;
        return string.IsNullOrEmpty(text) ? [] : [item];
    }
}
