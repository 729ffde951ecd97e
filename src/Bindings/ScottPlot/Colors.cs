namespace ScottPlot;

/// <summary>Colours by name.</summary>
public struct Colors
{
    /// <summary>Black.</summary>
    public static Color Black { get; } = new(0, 0, 0);

    /// <summary>White.</summary>
    public static Color White { get; } = new(255, 255, 255);

    /// <summary>Nothing is seen of it.</summary>
    public static Color Transparent { get; } = new(255, 255, 255, 0);
}
