using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ensemble.Data.Formats;

/// <summary>The matrix element of a MATLAB 5 file, as its content is read: flags, dimensions, name, numbers.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="content">The bytes after the matrix's tag.</param>
/// <param name="byteCount">How many they are to be.</param>
internal sealed class Mat5Matrix(string path, Stream content, long byteCount)
{
    private const int FirstBufferBytes = 1 << 20;
    private const int MostDimensions = 8;
    private const int LongestNameBytes = 64;
    private const int FlagsType = (int)Mat5NumberType.UInt32;
    private const int DimensionsType = (int)Mat5NumberType.Int32;
    private const int NameType = (int)Mat5NumberType.Int8;
    private const byte ComplexFlag = 0x08;

    // Classes of double to uint64; cells, structures, objects, characters and sparse matrices have others.
    private const int FirstNumericClass = 6;
    private const int LastNumericClass = 15;

    private long _left = byteCount;

    /// <summary>Reads the matrix, as far as it is asked for.</summary>
    /// <param name="names">The variables that are asked for.</param>
    /// <returns>The array, or null for a variable of another name.</returns>
    /// <exception cref="DataFaultException">It is damaged, or one of the names but no numeric array of whole numbers
    /// from 0 to 255.</exception>
    public Mat5Array? Read(IReadOnlyList<string> names)
    {
        var flags = ReadContent(FlagsType, 8, "array flags");
        var dimensions = ReadContent(DimensionsType, MostDimensions * sizeof(int), "dimensions");
        var name = Encoding.Latin1.GetString(ReadContent(NameType, LongestNameBytes, "the variable's name"));
        if (!names.Contains(name))
        {
            return null;
        }

        if (flags.Length != 8 || flags[0] is < FirstNumericClass or > LastNumericClass || (flags[1] & ComplexFlag) != 0)
        {
            throw Fault($"{name}, an array of real numbers", "something else");
        }

        var sizes = MemoryMarshal.Cast<byte, int>(dimensions).ToArray();
        var count = sizes.Aggregate((UInt128)1, (product, size) => size > 0 ? product * (uint)size : 0);
        if (sizes.Length < 2 || dimensions.Length % sizeof(int) != 0 || count == 0 || count > (UInt128)Array.MaxLength)
        {
            throw Fault($"{name} of two or more dimensions and 1 to {Array.MaxLength} values", $"[{string.Join(", ", sizes)}]");
        }

        return new Mat5Array(name, sizes, ReadNumbers(name, (int)count));
    }

    private byte[] ReadNumbers(string name, int count)
    {
        var tag = ReadTag(out var ownBytes);
        var type = (Mat5NumberType)tag.Type;
        if (!Enum.IsDefined(type) || tag.ByteCount != (long)count * WidthOf(type))
        {
            throw Fault($"{count} numbers of {name}", $"{tag.ByteCount} bytes of type {tag.Type}");
        }

        if (tag.ByteCount > (tag.IsShort ? Mat5Tag.ShortBytes : _left) || tag.ByteCount > Array.MaxLength)
        {
            throw Fault($"{tag.ByteCount} bytes of {name}", $"{_left} left in its element");
        }

        var bytes = tag.IsShort ? ownBytes[..(int)tag.ByteCount] : ReadBytes((int)tag.ByteCount, name);
        // Nothing follows that the padding would have to be in front of: a writer may have left it out.
        ReadBytes((int)Math.Clamp(tag.BytesAfter - tag.ByteCount, 0, _left), "padding");
        return type == Mat5NumberType.UInt8 ? bytes : ToBytes(bytes, type, name, count);
    }

    private byte[] ToBytes(byte[] bytes, Mat5NumberType type, string name, int count)
    {
        var values = new byte[count];
        var width = WidthOf(type);
        for (var index = 0; index < count; index++)
        {
            var number = NumberAt(bytes.AsSpan(index * width, width), type);
            values[index] = (byte)Math.Clamp(number, 0, byte.MaxValue);
            // NaN is none either.
            if (values[index] != number)
            {
                throw Fault($"whole numbers 0 to {byte.MaxValue} in {name}", $"{number} at index {index}");
            }
        }

        return values;
    }

    private static double NumberAt(ReadOnlySpan<byte> bytes, Mat5NumberType type) => type switch
    {
        Mat5NumberType.Int8 => (sbyte)bytes[0],
        Mat5NumberType.UInt8 => bytes[0],
        Mat5NumberType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        Mat5NumberType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        Mat5NumberType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        Mat5NumberType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        Mat5NumberType.Single => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        Mat5NumberType.Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        Mat5NumberType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    private static int WidthOf(Mat5NumberType type) => type switch
    {
        Mat5NumberType.Int8 or Mat5NumberType.UInt8 => 1,
        Mat5NumberType.Int16 or Mat5NumberType.UInt16 => 2,
        Mat5NumberType.Double or Mat5NumberType.Int64 or Mat5NumberType.UInt64 => 8,
        _ => 4,
    };

    // A small element of a known type, with its padding.
    private byte[] ReadContent(int type, int mostBytes, string what)
    {
        var tag = ReadTag(out var ownBytes);
        if (tag.Type != type || tag.ByteCount > (tag.IsShort ? Mat5Tag.ShortBytes : mostBytes))
        {
            throw Fault($"{what} in at most {mostBytes} bytes", $"{tag.ByteCount} bytes of type {tag.Type}");
        }

        return tag.IsShort ? ownBytes[..(int)tag.ByteCount] : ReadBytes((int)tag.BytesAfter, what)[..(int)tag.ByteCount];
    }

    private Mat5Tag ReadTag(out byte[] ownBytes)
    {
        var bytes = ReadBytes(Mat5Tag.Bytes, "an element's tag");
        ownBytes = bytes[^Mat5Tag.ShortBytes..];
        return Mat5Tag.Parse(bytes);
    }

    // A declared size is only a claim until the bytes are there: the buffer grows with what is really read.
    private byte[] ReadBytes(int count, string what)
    {
        _left -= count;
        if (_left < 0)
        {
            throw Fault($"{count} bytes of {what}", $"{_left + count} left in its element");
        }

        var bytes = GC.AllocateUninitializedArray<byte>(Math.Min(count, FirstBufferBytes));
        var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        while (read == bytes.Length && read < count)
        {
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            read += content.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
        }

        return read == count ? bytes : throw Fault($"{count} bytes of {what}", $"the end after {read}");
    }

    private DataFaultException Fault(string expected, string found) => Mat5File.Fault(path, expected, found);
}
