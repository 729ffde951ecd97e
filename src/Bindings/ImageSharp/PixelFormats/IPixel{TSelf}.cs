namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>A pixel format that can be compared.</summary>
/// <typeparam name="TSelf">The format.</typeparam>
public interface IPixel<TSelf> : IPixel, IEquatable<TSelf>
    where TSelf : unmanaged, IPixel<TSelf>;
