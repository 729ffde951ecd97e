namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>A pixel format. The three of this binding lie in memory as their bytes in order, which is all it needs to
/// know of them.</summary>
public interface IPixel
{
    /// <summary>Bytes of a pixel: 1 luminance; 3 red, green, blue; 4 the same and alpha, not premultiplied.</summary>
    internal static abstract int Channels { get; }
}
