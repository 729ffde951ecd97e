namespace ScottPlot;

/// <summary>A size in pixels.</summary>
/// <param name="width">To the right.</param>
/// <param name="height">Down.</param>
public readonly struct PixelSize(float width, float height)
{
    /// <summary>To the right.</summary>
    public readonly float Width = width;

    /// <summary>Down.</summary>
    public readonly float Height = height;
}
