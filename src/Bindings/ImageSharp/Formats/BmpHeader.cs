using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Formats;

/// <summary>The headers of a BMP file: the old one of 12 bytes, and those of 40 and more.</summary>
internal static class BmpHeader
{
    private const int FileHeaderBytes = 14;
    private const int OldHeaderBytes = 12;

    public static ImageHeader Read(ReadOnlySpan<byte> data)
    {
        if (data.Length < FileHeaderBytes + OldHeaderBytes) throw Damaged("the end of the file in its header");
        var header = data[FileHeaderBytes..];
        var headerBytes = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (headerBytes != OldHeaderBytes && (headerBytes < 40 || header.Length < 40))
        {
            throw Damaged($"a header of {Math.Min(headerBytes, header.Length)} bytes");
        }

        var (width, height, bits) = headerBytes == OldHeaderBytes
            ? (BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[10..]))
            : (BinaryPrimitives.ReadInt32LittleEndian(header[4..]), AbsoluteHeight(header[8..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[14..]));
        var pixelOffset = BinaryPrimitives.ReadInt32LittleEndian(data[10..]);
        if (pixelOffset < FileHeaderBytes + headerBytes) throw Damaged($"pixels from byte {pixelOffset} on");
        // Rows are padded to four bytes. libstb reads zeros past the end, which would make black of what is missing.
        var rowBytes = (((long)width * bits) + 31) / 32 * 4;
        return new ImageHeader
        {
            Format = ImageFormat.Bmp,
            Width = width,
            Height = height,
            MostPixels = rowBytes <= 0 ? 0 : Math.Max(0, data.Length - pixelOffset) / rowBytes * width,
        };
    }

    // Negative where the top row comes first.
    private static int AbsoluteHeight(ReadOnlySpan<byte> field)
    {
        var height = BinaryPrimitives.ReadInt32LittleEndian(field);
        return height == int.MinValue ? 0 : Math.Abs(height);
    }

    private static InvalidImageContentException Damaged(string found) => new($"BMP: {found}");
}
