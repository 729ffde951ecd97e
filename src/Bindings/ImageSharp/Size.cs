namespace SixLabors.ImageSharp;

/// <summary>A width and a height, in pixels.</summary>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
public struct Size(int width, int height) : IEquatable<Size>
{
    /// <summary>Columns.</summary>
    public int Width { get; set; } = width;

    /// <summary>Rows.</summary>
    public int Height { get; set; } = height;

    /// <summary>Whether both sizes are the same.</summary>
    public static bool operator ==(Size left, Size right) => left.Equals(right);

    /// <summary>Whether the sizes differ.</summary>
    public static bool operator !=(Size left, Size right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(Size other) => Width == other.Width && Height == other.Height;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Size other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Width, Height);

    /// <inheritdoc/>
    public override readonly string ToString() => $"Size [ Width={Width}, Height={Height} ]";
}
