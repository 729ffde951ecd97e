using System.Buffers.Binary;

namespace Ensemble.Data.Images;

/// <summary>
/// Whether a file was cut short. PNG and BMP decoders notice; those of JPEG and GIF fill in what is missing, and a half
/// gray picture would be learned from.
/// </summary>
internal static class ImageFileEnd
{
    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8];

    private static ReadOnlySpan<byte> JpegEnd => [0xFF, 0xD9];

    /// <summary>Whether the end of the picture is there. Files of other formats, and such as make no sense, are left to
    /// the decoder: true.</summary>
    public static bool IsThere(ReadOnlySpan<byte> content) =>
        content.StartsWith(JpegStart) ? JpegEndIsThere(content)
        : !content.StartsWith("GIF8"u8) || GifEndIsThere(content);

    // A thumbnail inside the metadata has an end of its own: only what follows the first scan counts. Inside a scan
    // FF is always followed by 00 or a restart marker (ITU-T T.81, F.1.2.3).
    private static bool JpegEndIsThere(ReadOnlySpan<byte> content)
    {
        var position = 2;
        while (position + 4 <= content.Length && content[position] == 0xFF)
        {
            var marker = content[position + 1];
            if (marker == 0xDA) return content[position..].IndexOf(JpegEnd) >= 0;
            position += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(position + 2)..]);
        }

        return content.LastIndexOf(JpegEnd) >= 0;
    }

    // Blocks until the first picture's data have ended (GIF89a, 15 to 23).
    private static bool GifEndIsThere(ReadOnlySpan<byte> content)
    {
        if (content.Length < 13) return false;
        var position = 13 + PaletteBytes(content[10]);
        while (position < content.Length)
        {
            var kind = content[position];
            if (kind == 0x21) position += 2;
            else if (kind == 0x2C && position + 9 < content.Length) position += 11 + PaletteBytes(content[position + 9]);
            else return kind is not (0x2C or 0x3B);
            while (position < content.Length && content[position] != 0) position += content[position] + 1;
            if (position++ >= content.Length) return false;
            if (kind == 0x2C) return true;
        }

        return false;
    }

    private static int PaletteBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
