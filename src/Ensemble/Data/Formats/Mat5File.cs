using System.IO.Compression;

namespace Ensemble.Data.Formats;

/// <summary>
/// Reads numeric arrays from MATLAB's level 5 files (MATLAB 5 to 7.2), plain or compressed, little-endian. No size is
/// believed before the bytes are there; what is not asked for is stepped over. Format: MathWorks, "MAT-File Format".
/// </summary>
internal static class Mat5File
{
    private const string Content = "a MATLAB 5 file";
    private const int HeaderBytes = 128;

    private static ReadOnlySpan<byte> VersionAndOrder => [0x00, 0x01, (byte)'I', (byte)'M'];

    /// <summary>Reads variables.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The variables.</param>
    /// <returns>An array for every name.</returns>
    /// <exception cref="DataFaultException">The file is missing, cut short, damaged or of another format, or has no
    /// numeric array of whole numbers from 0 to 255 under one of the names.</exception>
    public static IReadOnlyDictionary<string, Mat5Array> Read(string path, IReadOnlyList<string> names)
    {
        using var file = DataFileReader.OpenStream(path, Content);
        var found = new Dictionary<string, Mat5Array>(StringComparer.Ordinal);
        try
        {
            RequireHeader(path, file);
            while (file.Position < file.Length)
            {
                if (ReadElement(path, file, names) is { } array && !found.TryAdd(array.Name, array))
                {
                    throw Fault(path, $"one variable {array.Name}", "two of that name");
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new DataFaultException(path, Content, $"damaged content ({exception.Message})", DataFileReader.GetAgain, exception);
        }

        var missing = names.Where(name => !found.ContainsKey(name)).ToArray();
        return missing.Length == 0 ? found : throw Fault(path, $"the variables {string.Join(" and ", names)}", $"no {string.Join(", no ", missing)}");
    }

    /// <summary>A fault of a file.</summary>
    public static DataFaultException Fault(string path, string expected, string found) => new(path, expected, found, DataFileReader.GetAgain);

    private static void RequireHeader(string path, FileStream file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (read < HeaderBytes || !header[^VersionAndOrder.Length..].SequenceEqual(VersionAndOrder))
        {
            throw Fault(path, $"{Content}, little-endian", read < HeaderBytes ? $"{read} bytes" : "another header");
        }
    }

    private static Mat5Array? ReadElement(string path, FileStream file, IReadOnlyList<string> names)
    {
        Span<byte> bytes = stackalloc byte[Mat5Tag.Bytes];
        var isWhole = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
        var tag = Mat5Tag.Parse(bytes);
        var end = file.Position + tag.ByteCount;
        if (!isWhole || tag.IsShort || end > file.Length || tag.Type is not (Mat5Tag.Matrix or Mat5Tag.Compressed))
        {
            throw Fault(path, "whole matrices one after another", $"an element of type {tag.Type} and {tag.ByteCount} bytes at {file.Position - bytes.Length}");
        }

        var array = tag.Type == Mat5Tag.Compressed
            ? ReadCompressed(path, file, (int)Math.Min(tag.ByteCount, Array.MaxLength), names)
            : new Mat5Matrix(path, file, tag.ByteCount).Read(names);
        file.Position = end;
        return array;
    }

    // The compressed bytes are in the file for sure, and so a buffer of their length is no risk.
    private static Mat5Array? ReadCompressed(string path, FileStream file, int byteCount, IReadOnlyList<string> names)
    {
        var compressed = GC.AllocateUninitializedArray<byte>(byteCount);
        file.ReadExactly(compressed);
        using var inflated = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        Span<byte> bytes = stackalloc byte[Mat5Tag.Bytes];
        var isWhole = inflated.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
        var tag = Mat5Tag.Parse(bytes);
        if (!isWhole || tag.IsShort || tag.Type != Mat5Tag.Matrix || tag.ByteCount > byteCount * DataFileReader.MaximumDeflateRatio)
        {
            throw Fault(path, "a compressed matrix", $"{byteCount} bytes of zlib with an element of type {tag.Type} and {tag.ByteCount} bytes");
        }

        var array = new Mat5Matrix(path, inflated, tag.ByteCount).Read(names);
        // Also what makes zlib read, and so check, its checksum.
        return array is null || inflated.ReadAtLeast(bytes, 1, throwOnEndOfStream: false) == 0
            ? array
            : throw Fault(path, $"nothing after the compressed variable {array.Name}", "more bytes");
    }
}
