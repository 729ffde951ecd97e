namespace ScottPlot;

/// <summary>A side of the data area.</summary>
public enum Edge
{
    /// <summary>The left.</summary>
    Left = 0,

    /// <summary>The right.</summary>
    Right = 1,

    /// <summary>Beneath.</summary>
    Bottom = 2,

    /// <summary>Above.</summary>
    Top = 3,
}
