using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>A picture in memory, with rows from top to bottom.</summary>
/// <typeparam name="TPixel">The format of its pixels.</typeparam>
public sealed class Image<TPixel> : Image
    where TPixel : unmanaged, IPixel<TPixel>
{
    /// <summary>Creates an image of which every byte is 0: black, and clear where there is alpha.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the pixels fit into no array.</exception>
    public Image(int width, int height)
        : this(new PixelBuffer(width, height, TPixel.Channels), new ImageMetadata())
    {
    }

    internal Image(PixelBuffer pixels, ImageMetadata metadata)
        : base(pixels, metadata)
    {
    }

    /// <summary>A pixel.</summary>
    /// <param name="x">The column, from the left.</param>
    /// <param name="y">The row, from the top.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of the image.</exception>
    public TPixel this[int x, int y]
    {
        get => All[Offset(x, y)];
        set => All[Offset(x, y)] = value;
    }

    private Span<TPixel> All => MemoryMarshal.Cast<byte, TPixel>(Pixels.Bytes.AsSpan());

    /// <summary>Copies the pixels, rows from top to bottom.</summary>
    /// <param name="destination">[H, W] or longer.</param>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CopyPixelDataTo(Span<TPixel> destination) => All.CopyTo(destination);

    /// <summary>Copies the pixels as bytes, rows from top to bottom.</summary>
    /// <param name="destination">[H, W, C] uint8 or longer.</param>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CopyPixelDataTo(Span<byte> destination) => Pixels.Bytes.CopyTo(destination);

    /// <summary>Copies the image.</summary>
    /// <returns>An image of its own.</returns>
    public Image<TPixel> Clone() => new(Pixels.Copy(), Metadata.Copy());

    /// <inheritdoc/>
    internal override Image Duplicate() => Clone();

    private int Offset(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return (y * Width) + x;
    }
}
