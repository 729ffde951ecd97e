namespace Ensemble.Plots;

/// <summary>Where a text stands in a figure, in pixels from its upper left corner.</summary>
/// <param name="Text">The text.</param>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Bottom">The lower edge.</param>
public sealed record LabelBox(string Text, double Left, double Top, double Right, double Bottom)
{
    /// <summary>Whether two boxes share a pixel.</summary>
    /// <param name="other">The other.</param>
    public bool Overlaps(LabelBox other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }

    /// <summary>This box with a margin.</summary>
    /// <param name="margin">How wide, in pixels.</param>
    public LabelBox Grown(double margin) => this with { Left = Left - margin, Top = Top - margin, Right = Right + margin, Bottom = Bottom + margin };

    /// <summary>Whether a point is its middle, to a pixel: a marker's own box.</summary>
    /// <param name="point">In pixels.</param>
    public bool IsAround((double X, double Y) point) => Math.Abs(((Left + Right) / 2) - point.X) < 1 && Math.Abs(((Top + Bottom) / 2) - point.Y) < 1;
}
