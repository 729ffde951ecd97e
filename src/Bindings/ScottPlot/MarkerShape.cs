namespace ScottPlot;

/// <summary>What stands at a point.</summary>
public enum MarkerShape
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A disc.</summary>
    FilledCircle = 1,

    /// <summary>A circle.</summary>
    OpenCircle = 2,

    /// <summary>A full square.</summary>
    FilledSquare = 3,

    /// <summary>An empty square.</summary>
    OpenSquare = 4,

    /// <summary>A full triangle that points up.</summary>
    FilledTriangleUp = 5,

    /// <summary>An empty triangle that points up.</summary>
    OpenTriangleUp = 6,

    /// <summary>A full triangle that points down.</summary>
    FilledTriangleDown = 7,

    /// <summary>An empty triangle that points down.</summary>
    OpenTriangleDown = 8,

    /// <summary>A full diamond.</summary>
    FilledDiamond = 9,

    /// <summary>An empty diamond.</summary>
    OpenDiamond = 10,

    /// <summary>An x.</summary>
    Eks = 11,

    /// <summary>A plus sign.</summary>
    Cross = 12,
}
