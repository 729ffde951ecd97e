namespace ScottPlot;

/// <summary>A place on a figure, in pixels from its upper left corner.</summary>
/// <param name="x">To the right.</param>
/// <param name="y">Down.</param>
public struct Pixel(float x, float y)
{
    /// <summary>To the right.</summary>
    public float X = x;

    /// <summary>Down.</summary>
    public float Y = y;
}
