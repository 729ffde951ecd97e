using System.Buffers.Binary;

namespace Ensemble.Data.Formats;

/// <summary>The start of an element of a MATLAB 5 file: eight bytes, in which a short element lies whole.</summary>
/// <param name="Type">What it holds, as a number of the format.</param>
/// <param name="ByteCount">Bytes of its content, without padding.</param>
/// <param name="IsShort">Whether the content is the tag's own last four bytes.</param>
internal readonly record struct Mat5Tag(int Type, long ByteCount, bool IsShort)
{
    /// <summary>Bytes of a tag; elements in a matrix are padded to a multiple of it.</summary>
    public const int Bytes = 8;

    /// <summary>Bytes of a short element's content.</summary>
    public const int ShortBytes = 4;

    /// <summary>A matrix: elements in an element.</summary>
    public const int Matrix = 14;

    /// <summary>A matrix, compressed by zlib.</summary>
    public const int Compressed = 15;

    /// <summary>Bytes after the tag, up to the next one.</summary>
    public long BytesAfter => IsShort ? 0 : (ByteCount + Bytes - 1) / Bytes * Bytes;

    /// <summary>Reads a tag.</summary>
    /// <param name="tag">Its eight bytes.</param>
    public static Mat5Tag Parse(ReadOnlySpan<byte> tag)
    {
        var first = BinaryPrimitives.ReadUInt32LittleEndian(tag);
        return first >> 16 == 0
            ? new Mat5Tag((int)first, BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]), false)
            : new Mat5Tag((int)(first & 0xFFFF), first >> 16, true);
    }
}
