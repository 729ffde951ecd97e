using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Formats;

/// <summary>The segments of a JPEG file up to its first scan (ITU-T T.81, annex B).</summary>
internal static class JpegHeader
{
    /// <summary>Blocks of 64 pixels whose DC costs at least a bit, in the most subsampled plane 256 pixels: no more
    /// than 2,048 pixels in a byte, with room for the headers.</summary>
    private const long PixelsPerByte = 2048;

    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static ImageHeader Read(ReadOnlySpan<byte> data)
    {
        ImageHeader? frame = null;
        ushort? orientation = null;
        var position = 2;
        while (true)
        {
            var marker = NextMarker(data, ref position);
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8)) continue;
            if (marker is StartOfScan or EndOfImage) break;
            var segment = ReadSegment(data, ref position);
            if (marker == App1 && segment.StartsWith("Exif\0\0"u8)) orientation ??= ExifOrientation.Read(segment[6..]);
            if (IsStartOfFrame(marker)) frame ??= ReadFrame(segment, data.Length);
        }

        return (frame ?? throw Damaged("no frame before the first scan")) with { Orientation = orientation };
    }

    private static byte NextMarker(ReadOnlySpan<byte> data, ref int position)
    {
        // Some writers leave bytes between segments; libstb skips them too.
        while (position < data.Length && data[position] != 0xFF) position++;
        while (position < data.Length && data[position] == 0xFF) position++;
        return position < data.Length ? data[position++] : throw Damaged("the end of the file before the first scan");
    }

    private static ReadOnlySpan<byte> ReadSegment(ReadOnlySpan<byte> data, ref int position)
    {
        var length = data.Length - position < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(data[position..]);
        if (length < 2 || length > data.Length - position) throw Damaged("a segment that reaches past the end of the file");
        var segment = data.Slice(position + 2, length - 2);
        position += length;
        return segment;
    }

    // All SOFn but DHT (C4), JPG (C8) and DAC (CC); those that libstb cannot decode are its to refuse.
    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static ImageHeader ReadFrame(ReadOnlySpan<byte> segment, int fileBytes) => segment.Length < 6
        ? throw Damaged("a frame header that is too short")
        : new ImageHeader
        {
            Format = ImageFormat.Jpeg,
            Height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]),
            Width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
            MostPixels = fileBytes * PixelsPerByte,
        };

    private static InvalidImageContentException Damaged(string found) => new($"JPEG: {found}");
}
