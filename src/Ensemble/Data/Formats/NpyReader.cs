using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ensemble.Data.Formats;

/// <summary>
/// Reads NumPy's .npy files, versions 1 to 3, of truth values, integers and floating-point numbers, in either byte
/// order and either order of dimensions. Nothing in them is evaluated, and pickled objects are refused. Format:
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
/// </summary>
public static class NpyReader
{
    /// <summary>Far above what NumPy writes for a plain array (it aligns to 64 bytes), and its own limit is
    /// 10,000.</summary>
    private const uint LongestHeaderBytes = 1 << 16;

    /// <summary>Reads an array from a file of its own.</summary>
    /// <param name="path">The .npy file.</param>
    /// <returns>The array, in one order of bytes and dimensions.</returns>
    /// <exception cref="DataFaultException">The file is missing, empty, truncated, too long, or of another
    /// format.</exception>
    public static NpyArray Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = DataFileReader.Open(path, "an .npy file", mayBeCompressed: false);
        return Read(new NpySource(path, null, reader.FileBytes, isCertain: true, reader.Fill));
    }

    /// <summary>Reads an array from wherever its bytes are.</summary>
    /// <exception cref="DataFaultException">The content is truncated, too long, or of another format.</exception>
    internal static NpyArray Read(NpySource source)
    {
        var (header, headerBytes) = ReadHeader(source);
        var expected = header.ContentBytes;
        var declared = source.DeclaredBytes - headerBytes;
        var description = $"{header.ElementType} [{string.Join(", ", header.Sizes)}]";
        if (expected != (UInt128)declared || declared > Array.MaxLength)
        {
            throw source.Fault(
                $"{description}, {expected} bytes (at most {Array.MaxLength}) after a header of {headerBytes}",
                $"{declared} bytes after the header");
        }

        var content = source.Read((int)declared, description);
        source.RequireEnd();
        if (header.IsBigEndian)
        {
            ReverseBytes(content, NpyArray.ElementBytes(header.ElementType));
        }

        return new NpyArray(
            header.ElementType, header.Sizes, header.IsFortranOrder ? ReorderFortran(content, header) : content);
    }

    private static (NpyHeader Header, int Bytes) ReadHeader(NpySource source)
    {
        var start = source.Read(8, "magic number and version");
        // The first byte, 0x93, is no character of its own in UTF-8.
        if (start[0] != 0x93 || !start.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
        {
            throw source.Fault("the magic number of .npy", $"0x{Convert.ToHexString(start, 0, 6)}");
        }

        var (major, minor) = (start[6], start[7]);
        if (major is < 1 or > 3 || minor != 0)
        {
            throw source.Fault("version 1.0, 2.0 or 3.0 of .npy", $"version {major}.{minor}");
        }

        var lengthBytes = source.Read(major == 1 ? 2 : 4, "header length");
        var length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > LongestHeaderBytes)
        {
            throw source.Fault($"a header of at most {LongestHeaderBytes} bytes", $"{length} bytes");
        }

        var encoding = major == 3 ? Encoding.UTF8 : Encoding.Latin1;
        var text = encoding.GetString(source.Read((int)length, "header"));
        try
        {
            return (NpyHeader.Parse(text), start.Length + lengthBytes.Length + (int)length);
        }
        catch (FormatException exception)
        {
            throw source.Fault("a header as NumPy writes it", exception.Message, exception);
        }
    }

    private static void ReverseBytes(Span<byte> content, int elementBytes)
    {
        switch (elementBytes)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, short>(content);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var integers = MemoryMarshal.Cast<byte, int>(content);
                BinaryPrimitives.ReverseEndianness(integers, integers);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(content);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
            default:
                break;
        }
    }

    // From the first dimension running fastest to the last one doing so.
    private static byte[] ReorderFortran(byte[] content, NpyHeader header)
    {
        var sizes = header.Sizes;
        var width = NpyArray.ElementBytes(header.ElementType);
        var reordered = GC.AllocateUninitializedArray<byte>(content.Length);
        var strides = new int[sizes.Count];
        for (var (dimension, stride) = (0, width); dimension < sizes.Count && content.Length > 0; dimension++)
        {
            strides[dimension] = stride;
            stride *= sizes[dimension];
        }

        var position = new int[sizes.Count];
        for (var (target, origin) = (0, 0); target < content.Length; target += width)
        {
            content.AsSpan(origin, width).CopyTo(reordered.AsSpan(target));
            for (var dimension = sizes.Count - 1; dimension >= 0; dimension--)
            {
                origin += strides[dimension];
                if (++position[dimension] < sizes[dimension])
                {
                    break;
                }

                origin -= strides[dimension] * sizes[dimension];
                position[dimension] = 0;
            }
        }

        return reordered;
    }
}
