using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Formats;

/// <summary>The chunks of a PNG file (ISO/IEC 15948). The checksums of critical chunks are verified, as ImageSharp
/// does.</summary>
internal static class PngHeader
{
    /// <summary>Deflate's best is 1,032 bytes from one; a pixel has at least a bit.</summary>
    private const long PixelsPerByte = 1032 * 8;

    private const int SignatureBytes = 8;
    private const int FrameBytes = 12; // length, type and checksum

    public static ImageHeader Read(ReadOnlySpan<byte> data)
    {
        ImageHeader? header = null;
        ushort? orientation = null;
        var position = SignatureBytes;
        while (true)
        {
            var chunk = ReadChunk(data, ref position);
            var type = chunk[4..8];
            var content = chunk[8..^4];
            if (type.SequenceEqual("IHDR"u8)) header ??= ReadHeader(content, data.Length);
            else if (type.SequenceEqual("eXIf"u8)) orientation ??= ExifOrientation.Read(content);
            else if (type.SequenceEqual("IEND"u8)) break;
        }

        return (header ?? throw Damaged("no IHDR chunk")) with { Orientation = orientation };
    }

    private static ReadOnlySpan<byte> ReadChunk(ReadOnlySpan<byte> data, ref int position)
    {
        var left = data[position..];
        var length = left.Length < FrameBytes ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(left);
        if (length > left.Length - FrameBytes) throw Damaged("the end of the file before its IEND chunk");
        var chunk = left[..((int)length + FrameBytes)];
        // Bit 5 of the first letter: lower case means that a reader may do without the chunk.
        var isCritical = (chunk[4] & 0x20) == 0;
        if (isCritical && Crc32.Compute(chunk[4..^4]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
        {
            throw Damaged("a chunk that does not match its checksum");
        }

        position += chunk.Length;
        return chunk;
    }

    private static ImageHeader ReadHeader(ReadOnlySpan<byte> content, int fileBytes) => content.Length < 13
        ? throw Damaged("an IHDR chunk that is too short")
        : new ImageHeader
        {
            Format = ImageFormat.Png,
            Width = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(content)),
            Height = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(content[4..])),
            Is16Bit = content[8] == 16,
            MostPixels = fileBytes * PixelsPerByte,
        };

    private static InvalidImageContentException Damaged(string found) => new($"PNG: {found}");
}
