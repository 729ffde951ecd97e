using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Red, green, blue and alpha, a byte each; the colours are not premultiplied.</summary>
/// <param name="r">Red.</param>
/// <param name="g">Green.</param>
/// <param name="b">Blue.</param>
/// <param name="a">Alpha, 0 clear to 255 solid.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Rgba32(byte r, byte g, byte b, byte a) : IPixel<Rgba32>
{
    /// <summary>Red, 0 to 255.</summary>
    public byte R = r;

    /// <summary>Green, 0 to 255.</summary>
    public byte G = g;

    /// <summary>Blue, 0 to 255.</summary>
    public byte B = b;

    /// <summary>Alpha, 0 clear to 255 solid.</summary>
    public byte A = a;

    static int IPixel.Channels => 4;

    /// <summary>Whether both pixels are the same.</summary>
    public static bool operator ==(Rgba32 left, Rgba32 right) => left.Equals(right);

    /// <summary>Whether the pixels differ.</summary>
    public static bool operator !=(Rgba32 left, Rgba32 right) => !left.Equals(right);

    /// <inheritdoc/>
    public readonly bool Equals(Rgba32 other) => R == other.R && G == other.G && B == other.B && A == other.A;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Rgba32 other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(R, G, B, A);

    /// <inheritdoc/>
    public override readonly string ToString() => $"Rgba32({R}, {G}, {B}, {A})";
}
