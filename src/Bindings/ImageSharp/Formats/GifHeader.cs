using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Formats;

/// <summary>The logical screen of a GIF file.</summary>
internal static class GifHeader
{
    /// <summary>A code of 12 bits stands for at most 4,096 pixels; no file reaches this.</summary>
    private const long PixelsPerByte = 4096;

    public static ImageHeader Read(ReadOnlySpan<byte> data) => data.Length < 13
        ? throw new InvalidImageContentException("GIF: the end of the file in its header")
        : new ImageHeader
        {
            Format = ImageFormat.Gif,
            Width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]),
            Height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]),
            MostPixels = data.Length * PixelsPerByte,
        };
}
