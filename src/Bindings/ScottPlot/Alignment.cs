namespace ScottPlot;

/// <summary>Which part of a box lies on its place.</summary>
public enum Alignment
{
    /// <summary>The upper left corner.</summary>
    UpperLeft = 0,

    /// <summary>The middle of the upper edge.</summary>
    UpperCenter = 1,

    /// <summary>The upper right corner.</summary>
    UpperRight = 2,

    /// <summary>The middle of the left edge.</summary>
    MiddleLeft = 3,

    /// <summary>The middle.</summary>
    MiddleCenter = 4,

    /// <summary>The middle of the right edge.</summary>
    MiddleRight = 5,

    /// <summary>The lower left corner.</summary>
    LowerLeft = 6,

    /// <summary>The middle of the lower edge.</summary>
    LowerCenter = 7,

    /// <summary>The lower right corner.</summary>
    LowerRight = 8,
}
