namespace ScottPlot;

/// <summary>A rectangle on a figure, in pixels from its upper left corner.</summary>
/// <param name="left">The left edge.</param>
/// <param name="right">The right edge.</param>
/// <param name="bottom">The lower edge, which is the larger number.</param>
/// <param name="top">The upper edge.</param>
public readonly struct PixelRect(float left, float right, float bottom, float top)
{
    /// <summary>The left edge.</summary>
    public readonly float Left = left;

    /// <summary>The right edge.</summary>
    public readonly float Right = right;

    /// <summary>The lower edge.</summary>
    public readonly float Bottom = bottom;

    /// <summary>The upper edge.</summary>
    public readonly float Top = top;

    /// <summary>From the left to the right edge.</summary>
    public float Width => Right - Left;

    /// <summary>From the upper to the lower edge.</summary>
    public float Height => Bottom - Top;

    /// <summary>Half way between the left and the right edge.</summary>
    public float HorizontalCenter => (Left + Right) / 2;

    /// <summary>Half way between the upper and the lower edge.</summary>
    public float VerticalCenter => (Top + Bottom) / 2;
}
