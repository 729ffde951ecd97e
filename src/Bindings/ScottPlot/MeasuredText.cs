namespace ScottPlot;

/// <summary>How large a text is.</summary>
public struct MeasuredText
{
    /// <summary>The box around all lines, in pixels.</summary>
    public PixelSize Size { get; set; }

    /// <summary>From one line to the next, in pixels.</summary>
    public float LineHeight { get; set; }

    /// <summary>How wide each line is, in pixels.</summary>
    public float[] LineWidths { get; set; }

    /// <summary>From the box's upper edge to the first line's base line.</summary>
    internal float Ascent { get; set; }

    /// <summary>The widest line, in pixels.</summary>
    public readonly float Width => Size.Width;

    /// <summary>All lines, in pixels.</summary>
    public readonly float Height => Size.Height;

    /// <summary>The box around a text that is placed at (0, 0).</summary>
    /// <param name="alignment">Which part of the box lies there.</param>
    public readonly PixelRect Rect(Alignment alignment)
    {
        var left = -Width * Column(alignment);
        var top = -Height * ((int)alignment / 3) / 2;
        return new PixelRect(left, left + Width, top + Height, top);
    }

    /// <summary>0 at the left edge, a half in the middle, 1 at the right edge.</summary>
    internal static float Column(Alignment alignment) => (int)alignment % 3 / 2f;
}
