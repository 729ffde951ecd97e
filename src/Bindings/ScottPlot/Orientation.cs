namespace ScottPlot;

/// <summary>How things stand beside one another.</summary>
public enum Orientation
{
    /// <summary>In rows.</summary>
    Horizontal = 0,

    /// <summary>In a column.</summary>
    Vertical = 1,
}
