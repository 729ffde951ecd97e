using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Formats;

/// <summary>Finds tag 0x0112 in the first directory of EXIF data, which are a TIFF file without pictures.</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112;
    private const ushort TypeShort = 3;
    private const ushort TypeLong = 4;
    private const int EntryBytes = 12;

    /// <summary>The orientation, 1 to 8; null when there is none, or none that makes sense. Damaged metadata are no
    /// fault of the picture.</summary>
    public static ushort? Read(ReadOnlySpan<byte> tiff)
    {
        var isLittle = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || !(isLittle || tiff.StartsWith("MM"u8)) || Short(tiff[2..], isLittle) != 42) return null;
        var directory = Long(tiff[4..], isLittle);
        if (directory > tiff.Length - 2) return null;
        var entries = tiff[((int)directory + 2)..];
        for (var left = Short(tiff[(int)directory..], isLittle); left > 0 && entries.Length >= EntryBytes; left--)
        {
            if (Short(entries, isLittle) == Tag) return ReadValue(entries, isLittle);
            entries = entries[EntryBytes..];
        }

        return null;
    }

    private static ushort? ReadValue(ReadOnlySpan<byte> entry, bool isLittle)
    {
        var value = Short(entry[2..], isLittle) switch
        {
            TypeShort => Short(entry[8..], isLittle),
            TypeLong => Long(entry[8..], isLittle),
            _ => 0u,
        };
        return value is >= 1 and <= 8 ? (ushort)value : null;
    }

    private static ushort Short(ReadOnlySpan<byte> data, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint Long(ReadOnlySpan<byte> data, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);
}
