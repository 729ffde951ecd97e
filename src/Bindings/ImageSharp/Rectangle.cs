namespace SixLabors.ImageSharp;

/// <summary>A part of an image, in pixels from its upper left corner.</summary>
/// <param name="x">The first column.</param>
/// <param name="y">The first row.</param>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
public struct Rectangle(int x, int y, int width, int height) : IEquatable<Rectangle>
{
    /// <summary>The first column.</summary>
    public int X { get; set; } = x;

    /// <summary>The first row.</summary>
    public int Y { get; set; } = y;

    /// <summary>Columns.</summary>
    public int Width { get; set; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; set; } = height;

    /// <summary>Whether both rectangles are the same.</summary>
    public static bool operator ==(Rectangle left, Rectangle right) => left.Equals(right);

    /// <summary>Whether the rectangles differ.</summary>
    public static bool operator !=(Rectangle left, Rectangle right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(Rectangle other) =>
        X == other.X && Y == other.Y && Width == other.Width && Height == other.Height;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Rectangle other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(X, Y, Width, Height);

    /// <inheritdoc/>
    public override readonly string ToString() => $"Rectangle [ X={X}, Y={Y}, Width={Width}, Height={Height} ]";
}
