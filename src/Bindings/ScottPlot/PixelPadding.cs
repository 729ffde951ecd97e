namespace ScottPlot;

/// <summary>Room on four sides, in pixels.</summary>
/// <param name="left">On the left.</param>
/// <param name="right">On the right.</param>
/// <param name="bottom">Beneath.</param>
/// <param name="top">Above.</param>
public struct PixelPadding(float left, float right, float bottom, float top)
{
    /// <summary>On the left.</summary>
    public float Left = left;

    /// <summary>On the right.</summary>
    public float Right = right;

    /// <summary>Beneath.</summary>
    public float Bottom = bottom;

    /// <summary>Above.</summary>
    public float Top = top;
}
