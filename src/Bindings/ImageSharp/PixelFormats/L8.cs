namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Luminance, a byte.</summary>
/// <param name="luminance">0 black to 255 white.</param>
public struct L8(byte luminance) : IPixel<L8>
{
    /// <summary>The luminance, 0 black to 255 white.</summary>
    public byte PackedValue { get; set; } = luminance;

    static int IPixel.Channels => 1;

    /// <summary>Whether both pixels are the same.</summary>
    public static bool operator ==(L8 left, L8 right) => left.Equals(right);

    /// <summary>Whether the pixels differ.</summary>
    public static bool operator !=(L8 left, L8 right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(L8 other) => PackedValue == other.PackedValue;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is L8 other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => PackedValue.GetHashCode();

    /// <inheritdoc/>
    public override readonly string ToString() => $"L8({PackedValue})";
}
