using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Ensemble.Storage;

namespace Ensemble.Data.Formats;

/// <summary>
/// A whole data set in one file, <c>.ensdata</c>, which is read as fast as the disk gives it. What is read is what was
/// packed: images, labels, class names, names of sources, and so the checksum; packed again it gives the same bytes.
/// </summary>
/// <remarks>
/// <para>Format, version 1; integers are little-endian, and every part is followed by zeros up to a multiple of 64
/// bytes:</para>
/// <para>1. 64 bytes: the 8 of <c>ENSDATA</c> and 0x1A; the version (uint32); the bytes of the header, without the
/// zeros after it (uint32); the header's SHA-256 (32 bytes); zeros.</para>
/// <para>2. The header, JSON in UTF-8: <c>name</c>, <c>channels</c>, <c>height</c>, <c>width</c>, <c>classNames</c>,
/// and for each of <c>train</c>, <c>validation</c> (may be null) and <c>test</c> its <c>count</c>, <c>source</c> and
/// <c>checksum</c> (<see cref="ImageDataset.Checksum"/>, which is over pixels and labels).</para>
/// <para>3. For each split in that order its pixels, [N, C, H, W] uint8, and its labels, [N] int32.</para>
/// <para>Every byte is so under a checksum or known to be zero.</para>
/// </remarks>
public static class PackedDataset
{
    /// <summary>How the files' names end.</summary>
    public const string Extension = ".ensdata";

    private const string Content = "a packed data set (.ensdata)";
    private const string PackAgain = "pack the data set again, or get the file again";
    private const uint Version = 1;
    private const int Alignment = 64;
    private const int PreludeBytes = 64;
    private const int LengthOffset = 12;
    private const int HashOffset = 16;
    private const int HashEnd = HashOffset + SHA256.HashSizeInBytes;
    private const int LongestHeaderBytes = 16 << 20;

    private static ReadOnlySpan<byte> Magic => "ENSDATA\u001A"u8;

    /// <summary>Writes a data set, whole or not at all.</summary>
    /// <param name="path">The file, by custom <c>.ensdata</c>; missing folders above it are created.</param>
    /// <param name="splits">The data set.</param>
    /// <exception cref="ArgumentException">The class names take more than 16 MiB.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written, or the disk is full.</exception>
    public static void Write(string path, DatasetSplits splits)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(splits);
        var header = JsonSerializer.SerializeToUtf8Bytes(PackedHeader.Of(splits), RecordJson.Compact);
        if (header.Length > LongestHeaderBytes)
        {
            throw new ArgumentException($"its names take more than {LongestHeaderBytes} bytes", nameof(splits));
        }

        AtomicFile.Write(
            path,
            stream =>
            {
                stream.Write(Prelude(header));
                WritePadded(stream, header);
                foreach (var split in PackedHeader.InOrder(splits.Train, splits.Validation, splits.Test))
                {
                    WritePadded(stream, split.Pixels.Span);
                    WritePadded(stream, LittleEndian(split.Labels.Span));
                }
            });
    }

    /// <summary>Reads a data set, and holds every byte against its checksum.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The splits as they were packed.</returns>
    /// <exception cref="DataFaultException">The file is missing, cut, longer than it says, damaged, of another format
    /// or of a later version.</exception>
    public static DatasetSplits Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = DataFileReader.Open(path, Content, mayBeCompressed: false);
        var header = ReadHeader(reader, out var headerBytes);
        var expected = header.Splits.Aggregate(
            (UInt128)(PreludeBytes + Align(headerBytes)), (sum, split) => sum + SplitBytes(header, split));
        if (expected != (UInt128)reader.FileBytes)
        {
            throw Fault(path, $"{expected} bytes, as its header says", $"{reader.FileBytes} bytes");
        }

        // In the order of the file.
        var train = ReadSplit(reader, header, header.Train);
        var validation = header.Validation is null ? null : ReadSplit(reader, header, header.Validation);
        return new DatasetSplits(header.Name, train, ReadSplit(reader, header, header.Test), validation);
    }

    private static PackedHeader ReadHeader(DataFileReader reader, out int headerBytes)
    {
        Span<byte> prelude = stackalloc byte[PreludeBytes];
        reader.ReadHeader(prelude);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(prelude[Magic.Length..]);
        if (!prelude.StartsWith(Magic))
        {
            throw Fault(reader.Path, Content, "other content");
        }

        if (version != Version)
        {
            throw Fault(reader.Path, $"version {Version} of a packed data set", $"version {version}");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(prelude[LengthOffset..]);
        if (length > LongestHeaderBytes || length > reader.FileBytes)
        {
            throw Fault(
                reader.Path, $"a header of at most {LongestHeaderBytes} bytes, in the file", $"{length} bytes");
        }

        headerBytes = (int)length;
        var content = new byte[headerBytes];
        ReadPadded(reader, content);
        if (!prelude[HashOffset..HashEnd].SequenceEqual(SHA256.HashData(content))
            || prelude[HashEnd..].ContainsAnyExcept((byte)0))
        {
            throw Fault(reader.Path, "a header that agrees with its checksum", "another one");
        }

        var header = RecordJson.Parse<PackedHeader>(reader.Path, content, Content, PackAgain);
        return header.FindFault() is { } fault ? throw Fault(reader.Path, Content, $"a header with {fault}") : header;
    }

    private static ImageDataset ReadSplit(DataFileReader reader, PackedHeader header, PackedSplit split)
    {
        var shape = new ImageShape(header.Channels, header.Height, header.Width);
        var pixels = GC.AllocateUninitializedArray<byte>(split.Count * shape.ValueCount);
        ReadPadded(reader, pixels);
        var labels = new int[split.Count];
        ReadPadded(reader, MemoryMarshal.AsBytes(labels.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(labels, labels);
        }

        var outOfRange = labels.AsSpan().IndexOfAnyExceptInRange(0, header.ClassNames.Count - 1);
        if (outOfRange >= 0)
        {
            throw Fault(
                reader.Path, $"labels 0 to {header.ClassNames.Count - 1}", $"{labels[outOfRange]} at index {outOfRange}");
        }

        var dataset = new ImageDataset(shape, pixels, labels, header.ClassNames, split.Source);
        return dataset.Checksum == split.Checksum
            ? dataset
            : throw Fault(reader.Path, $"content of checksum {split.Checksum}", dataset.Checksum);
    }

    private static byte[] Prelude(byte[] header)
    {
        var prelude = new byte[PreludeBytes];
        Magic.CopyTo(prelude);
        BinaryPrimitives.WriteUInt32LittleEndian(prelude.AsSpan(Magic.Length), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(prelude.AsSpan(LengthOffset), (uint)header.Length);
        SHA256.HashData(header, prelude.AsSpan(HashOffset));
        return prelude;
    }

    private static ReadOnlySpan<byte> LittleEndian(ReadOnlySpan<int> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes(values);
        }

        var reversed = new int[values.Length];
        BinaryPrimitives.ReverseEndianness(values, reversed);
        return MemoryMarshal.AsBytes(reversed.AsSpan());
    }

    private static UInt128 SplitBytes(PackedHeader header, PackedSplit split) =>
        Align((UInt128)header.Channels * (uint)header.Height * (uint)header.Width * (uint)split.Count)
        + Align((UInt128)sizeof(int) * (uint)split.Count);

    private static UInt128 Align(UInt128 byteCount) => (byteCount + (Alignment - 1)) / Alignment * Alignment;

    private static int Align(int byteCount) => (int)Align((UInt128)byteCount);

    private static void WritePadded(Stream stream, ReadOnlySpan<byte> content)
    {
        stream.Write(content);
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros.Clear();
        stream.Write(zeros[..Padding(content)]);
    }

    private static void ReadPadded(DataFileReader reader, Span<byte> content)
    {
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros = zeros[..Padding(content)];
        if (reader.Fill(content) < content.Length || reader.Fill(zeros) < zeros.Length)
        {
            throw Fault(reader.Path, "the bytes that its header says", "the end before them");
        }

        if (zeros.ContainsAnyExcept((byte)0))
        {
            throw Fault(reader.Path, "zeros between the parts", "other bytes");
        }
    }

    private static int Padding(ReadOnlySpan<byte> content) => (Alignment - (content.Length % Alignment)) % Alignment;

    private static DataFaultException Fault(string path, string expected, string found) =>
        new(path, expected, found, PackAgain);
}
