using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Ensemble.Storage;

/// <summary>
/// Reads and writes safetensors files: 8 bytes of header length (little-endian), a JSON header of name, dtype, shape
/// and place of each tensor, then the tensors' bytes. Nothing in a file is run, and nothing in it is believed
/// unchecked.
/// </summary>
/// <remarks>
/// The format: https://huggingface.co/docs/safetensors, "Format". Big-endian machines are not served.
/// </remarks>
public static class SafetensorsFile
{
    private const int LengthBytes = sizeof(ulong);

    /// <summary>Writes tensors, whole or not at all; the same tensors give the same bytes.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <param name="tensors">
    /// The tensors; the header keeps their order. The data lies widest element first, as the format's own writer lays
    /// it, so that every tensor is aligned.
    /// </param>
    /// <param name="metadata">Free text entries, or null for none.</param>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    /// <exception cref="MachineFaultException">The folder cannot be written, or the disk is full.</exception>
    public static void Write(
        string path, IReadOnlyList<TensorRecord> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.GroupBy(tensor => tensor.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two tensors are named {twice.Key}", nameof(tensors));
        }

        var layout = tensors.OrderByDescending(tensor => tensor.Dtype.ByteSize()).ToList();
        var header = BuildHeader(tensors, layout, metadata ?? new Dictionary<string, string>());
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.Span);
            foreach (var tensor in layout)
            {
                stream.Write(tensor.Data.Span);
            }
        });
    }

    /// <summary>
    /// Reads a file whole, after checking every claim of its header against the bytes that are there.
    /// </summary>
    /// <param name="path">The file; each tensor at most 2 GiB.</param>
    /// <returns>The tensors, in the header's order, and the free text entries.</returns>
    /// <exception cref="DataFaultException">The file is missing, cannot be read, or is not such a file.</exception>
    public static SafetensorsContent Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var header = ReadHeader(path, stream);
            var dataStart = stream.Position;
            return new SafetensorsContent
            {
                Tensors = [.. header.Entries.Select(entry => ReadTensor(path, stream, dataStart, entry))],
                Metadata = header.Metadata,
            };
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unreadable(path, "a safetensors file", "write or download it again", exception);
        }
    }

    private static SafetensorsHeader ReadHeader(string path, FileStream stream)
    {
        if (stream.Length < LengthBytes)
        {
            throw SafetensorsHeader.Fault(path, $"at least {LengthBytes} bytes", $"{stream.Length}");
        }

        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        stream.ReadExactly(lengthBytes);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        var longest = Math.Min(stream.Length - LengthBytes, SafetensorsHeader.MaximumLength);
        if (headerLength > (ulong)longest)
        {
            throw SafetensorsHeader.Fault(
                path, $"a header of at most {longest} bytes", $"a header length of {headerLength}");
        }

        var json = new byte[headerLength];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(path, json, stream.Length - LengthBytes - json.Length);
    }

    private static TensorRecord ReadTensor(string path, FileStream stream, long dataStart, SafetensorsEntry entry)
    {
        // Within the file, as the header's check holds: nothing larger than the file is ever asked for.
        var byteCount = entry.End - entry.Begin;
        if (byteCount > Array.MaxLength)
        {
            throw SafetensorsHeader.Fault(
                path, $"at most {Array.MaxLength} bytes for tensor {entry.Name}", $"{byteCount}");
        }

        var data = GC.AllocateUninitializedArray<byte>((int)byteCount);
        stream.Position = dataStart + entry.Begin;
        stream.ReadExactly(data);
        return new TensorRecord(entry.Name, entry.Dtype, entry.Shape, data);
    }

    private static ReadOnlyMemory<byte> BuildHeader(
        IReadOnlyList<TensorRecord> tensors, List<TensorRecord> layout, IReadOnlyDictionary<string, string> metadata)
    {
        var begins = new Dictionary<string, long>();
        var position = 0L;
        foreach (var tensor in layout)
        {
            begins.Add(tensor.Name, position);
            position += tensor.Data.Length;
        }

        var buffer = new ArrayBufferWriter<byte>();
        buffer.GetSpan(LengthBytes)[..LengthBytes].Clear();
        buffer.Advance(LengthBytes);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, begins[tensor.Name]);
            }

            json.WriteEndObject();
        }

        var padding = -buffer.WrittenCount & (LengthBytes - 1);
        buffer.Write("       "u8[..padding]);
        var header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - LengthBytes));
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach (var (name, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, TensorRecord tensor, long begin)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Dtype.ToString());
        WriteIntegers(json, "shape", tensor.Shape);
        WriteIntegers(json, "data_offsets", [begin, begin + tensor.Data.Length]);
        json.WriteEndObject();
    }

    private static void WriteIntegers(Utf8JsonWriter json, string name, IReadOnlyList<long> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
