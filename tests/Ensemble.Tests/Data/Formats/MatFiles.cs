using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Ensemble.Tests.Data.Formats;

/// <summary>MATLAB 5 files, written after MathWorks's description of the format.</summary>
internal static class MatFiles
{
    public const int Matrix = 14;
    private const int Compressed = 15;
    private const byte DoubleClass = 6;
    private const byte UInt8Class = 9;
    private const int UInt8 = 2;
    private const int Double = 9;

    /// <summary>A file: the header, then the elements.</summary>
    public static byte[] File(params byte[][] elements) =>
        [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, written by a test".PadRight(116)), .. new byte[8], 0x00, 0x01, (byte)'I', (byte)'M', .. elements.SelectMany(bytes => bytes)];

    /// <summary>A variable of bytes, the first dimension running fastest.</summary>
    public static byte[] Bytes(string name, int[] sizes, byte[] values) => Variable(name, UInt8Class, sizes, UInt8, values);

    /// <summary>A variable of class double, of which MATLAB stores whole numbers as bytes where it can.</summary>
    public static byte[] Doubles(string name, int[] sizes, params double[] values) =>
        Variable(name, DoubleClass, sizes, Double, [.. values.SelectMany(BitConverter.GetBytes)]);

    public static byte[] Variable(string name, byte arrayClass, int[] sizes, int type, byte[] content) => Element(Matrix,
    [
        .. Element(6, [arrayClass, 0, 0, 0, 0, 0, 0, 0]),
        .. Element(5, [.. sizes.SelectMany(BitConverter.GetBytes)]),
        .. Element(1, Encoding.ASCII.GetBytes(name)),
        .. Element(type, content),
    ]);

    public static byte[] Compress(byte[] element)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(element);
        return [.. Tag(Compressed, (int)stream.Length), .. stream.ToArray()];
    }

    /// <summary>SVHN's two files with 5 and 3 images of 3x4x6 that count on from one byte to the next.</summary>
    public static void WriteFolder(TemporaryFolder folder, string below, bool isCompressed)
    {
        folder.Write(Path.Combine(below, "train_32x32.mat"), Digits(isCompressed, 1, 9, 10, 4, 10));
        folder.Write(Path.Combine(below, "test_32x32.mat"), Digits(isCompressed, 2, 10, 7));
    }

    public static byte[] Digits(bool isCompressed, params byte[] labels)
    {
        var pixels = Enumerable.Range(0, 4 * 6 * 3 * labels.Length).Select(index => (byte)index).ToArray();
        byte[][] elements = [Bytes("X", [4, 6, 3, labels.Length], pixels), Bytes("y", [labels.Length, 1], labels)];
        return File(isCompressed ? [.. elements.Select(Compress)] : elements);
    }

    // Four bytes or fewer lie in the tag itself.
    private static byte[] Element(int type, byte[] content)
    {
        if (content.Length is > 0 and <= 4)
        {
            return [(byte)type, 0, (byte)content.Length, 0, .. content, .. new byte[4 - content.Length]];
        }

        return [.. Tag(type, content.Length), .. content, .. new byte[(8 - (content.Length % 8)) % 8]];
    }

    private static byte[] Tag(int type, int byteCount)
    {
        var tag = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(tag, type);
        BinaryPrimitives.WriteInt32LittleEndian(tag.AsSpan(4), byteCount);
        return tag;
    }
}
