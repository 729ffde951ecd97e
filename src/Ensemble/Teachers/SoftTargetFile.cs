using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using System.Text.Json;
using Ensemble.Storage;

namespace Ensemble.Teachers;

/// <summary>The soft targets of one view as a file: magic, header, a row for each sample in order, sha256 of the rows.</summary>
/// <remarks>
/// Layout, little-endian: 8 bytes "ENSOFT01"; int32 length of the header; the header as UTF-8 JSON padded with spaces so that
/// the rows begin at a multiple of 64 bytes; rows of (int32 index, M x C float16 logits); 32 bytes of sha256 over the rows.
/// </remarks>
internal sealed class SoftTargetFile : IDisposable
{
    private const int Alignment = 64;
    private const int DigestBytes = 32;
    private const int PrefixBytes = 12;
    private const int MaximumHeaderBytes = 1 << 20;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _bytes;
    private readonly SoftTargetHeader _header;
    private readonly long _start;

    private SoftTargetFile(string path, MemoryMappedFile file, SoftTargetHeader header, long start)
    {
        _path = path;
        _file = file;
        _bytes = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _header = header;
        _start = start;
    }

    private static ReadOnlySpan<byte> Magic => "ENSOFT01"u8;

    /// <summary>Writes a view whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">What the rows are made of.</param>
    /// <param name="batches">The rows in order of their samples: for each batch M x B x C logits.</param>
    public static void Write(string path, SoftTargetHeader header, IEnumerable<SoftTargetBatch> batches) =>
        WriteRows(path, header, batches.Select(batch => (ReadOnlyMemory<byte>)batch.ToRows(header)));

    /// <summary>Writes a view whole or not at all, from files of parts of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">What the rows are made of.</param>
    /// <param name="parts">The files, opened, in order of their samples, which are all of the view's.</param>
    /// <exception cref="DataFaultException">A row of a part is another sample's.</exception>
    public static void Join(string path, SoftTargetHeader header, IEnumerable<SoftTargetFile> parts) =>
        WriteRows(path, header, parts.SelectMany(part => part.ReadRows()));

    private static void WriteRows(string path, SoftTargetHeader header, IEnumerable<ReadOnlyMemory<byte>> pieces) => AtomicFile.Write(path, stream =>
    {
        stream.Write(Prefix(header));
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var rows in pieces)
        {
            digest.AppendData(rows.Span);
            stream.Write(rows.Span);
        }

        stream.Write(digest.GetHashAndReset());
    });

    /// <summary>The header of a file, whatever it was made of.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFaultException">It is missing or no such file.</exception>
    public static SoftTargetHeader ReadHeaderOf(string path)
    {
        try
        {
            return ReadHeader(path).Header;
        }
        catch (IOException e)
        {
            throw Fault(path, "a readable file of soft targets", e.Message.Split('\n')[0], e);
        }
    }

    /// <summary>Opens a view and checks all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it must have been made of.</param>
    /// <exception cref="DataFaultException">It is missing, damaged, or was made of something else; the message says what.</exception>
    public static SoftTargetFile Open(string path, SoftTargetHeader expected)
    {
        try
        {
            var (header, start) = ReadHeader(path);
            if (header.DifferenceFrom(expected) is { Length: > 0 } difference)
            {
                throw Fault(path, "soft targets of this run", $"those of other {difference}");
            }

            var length = start + ((long)header.Rows.Count * header.RowBytes) + DigestBytes;
            if (FileLength.Of(path) != length)
            {
                throw Fault(path, $"{length} bytes", $"{FileLength.Of(path)}");
            }

            RequireDigest(path, start, length);
            var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            return new SoftTargetFile(path, file, header, start);
        }
        catch (IOException e)
        {
            throw Fault(path, "a readable file of soft targets", e.Message.Split('\n')[0], e);
        }
    }

    /// <summary>Copies a sample's logits, member after member.</summary>
    /// <param name="sample">The sample's index in the training data.</param>
    /// <param name="logits">M x C values to fill.</param>
    /// <exception cref="DataFaultException">The row is another sample's.</exception>
    public void Read(int sample, Span<Half> logits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample, _header.Rows.First);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, _header.Rows.End);
        var row = sample - _header.Rows.First;
        var offset = _start + ((long)row * _header.RowBytes);
        RequireSample(_bytes.ReadInt32(offset), sample, row);

        _bytes.SafeMemoryMappedViewHandle.ReadSpan((ulong)(offset + sizeof(int) + _bytes.PointerOffset), logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes.Dispose();
        _file.Dispose();
    }

    // A few rows at a time, each held against its place.
    private IEnumerable<ReadOnlyMemory<byte>> ReadRows()
    {
        const int PieceRows = 256;
        var rowBytes = _header.RowBytes;
        for (var first = 0; first < _header.Rows.Count; first += PieceRows)
        {
            var piece = new byte[Math.Min(PieceRows, _header.Rows.Count - first) * rowBytes];
            _bytes.SafeMemoryMappedViewHandle.ReadSpan((ulong)(_start + ((long)first * rowBytes) + _bytes.PointerOffset), piece.AsSpan());
            for (var row = 0; row < piece.Length / rowBytes; row++)
            {
                RequireSample(BinaryPrimitives.ReadInt32LittleEndian(piece.AsSpan(row * rowBytes)), _header.Rows.First + first + row, first + row);
            }

            yield return piece;
        }
    }

    private void RequireSample(int index, int sample, int row)
    {
        if (index != sample)
        {
            throw Fault(_path, $"sample {sample} in row {row}", $"sample {index}");
        }
    }

    private static byte[] Prefix(SoftTargetHeader header)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = (((PrefixBytes + json.Length + Alignment - 1) / Alignment) * Alignment) - PrefixBytes;
        var prefix = new byte[PrefixBytes + length];
        prefix.AsSpan().Fill((byte)' ');
        Magic.CopyTo(prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(Magic.Length), length);
        json.CopyTo(prefix.AsSpan(PrefixBytes));
        return prefix;
    }

    private static (SoftTargetHeader Header, long Start) ReadHeader(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        if (stream.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false) < PrefixBytes || !prefix.StartsWith(Magic))
        {
            throw Fault(path, "soft targets, beginning with ENSOFT01", "another file");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix[Magic.Length..]);
        if (length is < 2 or > MaximumHeaderBytes || length > stream.Length - PrefixBytes)
        {
            throw Fault(path, $"a header of at most {MaximumHeaderBytes} bytes", $"{length}");
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        try
        {
            var header = JsonSerializer.Deserialize<SoftTargetHeader>(json) ?? throw new JsonException("null");
            var isSound = header is { Teachers.Count: > 0, Samples: > 0, Classes: > 0, Data: not null, ViewRecipe: not null }
                && header.Rows is { First: >= 0, Count: >= 0 } rows && (long)rows.First + rows.Count <= header.Samples;
            return isSound ? (header, PrefixBytes + length) : throw new JsonException("a field is missing or out of range");
        }
        catch (JsonException e)
        {
            throw Fault(path, "a header in JSON", e.Message, e);
        }
    }

    private static void RequireDigest(string path, long start, long length)
    {
        using var stream = File.OpenRead(path);
        stream.Position = start;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        var left = length - start - DigestBytes;
        while (left > 0)
        {
            var count = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (count == 0)
            {
                throw Fault(path, $"{length} bytes", "fewer");
            }

            digest.AppendData(buffer, 0, count);
            left -= count;
        }

        Span<byte> stored = stackalloc byte[DigestBytes];
        stream.ReadExactly(stored);
        if (!digest.GetHashAndReset().AsSpan().SequenceEqual(stored))
        {
            throw Fault(path, "rows with the sha256 at their end", "other bytes");
        }
    }

    private static DataFaultException Fault(string path, string expected, string found, Exception? inner = null) =>
        new(path, expected, found, "delete the file: the run makes it again", inner);
}
