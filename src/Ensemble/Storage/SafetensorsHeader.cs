using System.Text.Json;

namespace Ensemble.Storage;

/// <summary>
/// The JSON header of a safetensors file: parsed with every claim checked against the bytes that are there.
/// </summary>
/// <remarks>The format: https://huggingface.co/docs/safetensors, "Format".</remarks>
internal sealed class SafetensorsHeader
{
    public const string MetadataName = "__metadata__";

    /// <summary>The longest header that the format's reference reader takes, in bytes.</summary>
    public const long MaximumLength = 100_000_000;

    private const string Remedy = "the file is damaged or no safetensors file: write or download it again";

    private readonly string _path;
    private readonly List<SafetensorsEntry> _entries = [];
    private readonly Dictionary<string, string> _metadata = [];

    private SafetensorsHeader(string path) => _path = path;

    /// <summary>The tensors, in the header's order.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _entries;

    /// <summary>The free text entries.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Parses a header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="json">The header's bytes, with their padding.</param>
    /// <param name="dataLength">The bytes that follow the header.</param>
    /// <exception cref="DataFaultException">
    /// The header is no such JSON, or does not describe exactly the bytes that follow.
    /// </exception>
    public static SafetensorsHeader Parse(string path, ReadOnlyMemory<byte> json, long dataLength)
    {
        var header = new SafetensorsHeader(path);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            header.ReadRoot(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8 or UTF-16, found only when it is decoded.
            throw new DataFaultException(
                path, "a JSON header with unique names", $"other bytes ({exception.Message})", Remedy, exception);
        }

        header.CheckOffsets(dataLength);
        return header;
    }

    /// <summary>The fault of this file.</summary>
    public static DataFaultException Fault(string path, string expected, string found) =>
        new(path, expected, found, Remedy);

    private void ReadRoot(JsonElement root)
    {
        Require(root.ValueKind == JsonValueKind.Object, "a JSON object as header", root.ValueKind.ToString());
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataName)
            {
                ReadMetadata(property.Value);
            }
            else
            {
                _entries.Add(ReadEntry(property.Name, property.Value));
            }
        }
    }

    private void ReadMetadata(JsonElement metadata)
    {
        Require(
            metadata.ValueKind == JsonValueKind.Object, $"{MetadataName} as an object", metadata.ValueKind.ToString());
        foreach (var property in metadata.EnumerateObject())
        {
            Require(
                property.Value.ValueKind == JsonValueKind.String,
                $"a string as {MetadataName} {property.Name}",
                property.Value.ValueKind.ToString());
            _metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private SafetensorsEntry ReadEntry(string name, JsonElement entry)
    {
        Require(name.Length > 0, "a name for every tensor", "an empty name");
        Require(entry.ValueKind == JsonValueKind.Object, $"an object for tensor {name}", entry.ValueKind.ToString());
        var hasDtype = entry.TryGetProperty("dtype", out var element) && element.ValueKind == JsonValueKind.String;
        var dtypeName = hasDtype ? element.GetString()! : "none";
        var dtype = SafetensorsDtypes.FromName(dtypeName)
            ?? throw Fault(
                _path,
                $"tensor {name} of a dtype among {string.Join(", ", Enum.GetNames<SafetensorsDtype>())}",
                dtypeName);
        var shape = ReadIntegers(name, entry, "shape");
        var offsets = ReadIntegers(name, entry, "data_offsets");
        Require(offsets.Count == 2, $"two data_offsets for tensor {name}", $"{offsets.Count}");
        Require(
            SafetensorsDtypes.TryCountBytes(dtype, shape, out var byteCount),
            $"a shape of tensor {name} whose bytes can be counted",
            $"[{string.Join(", ", shape)}]");
        // Both are at least 0 here, so the difference cannot overflow.
        Require(
            offsets[1] - offsets[0] == byteCount,
            $"{byteCount} bytes for tensor {name}, {dtype} [{string.Join(", ", shape)}]",
            $"data_offsets [{offsets[0]}, {offsets[1]}]");
        return new SafetensorsEntry(name, dtype, shape, offsets[0], offsets[1]);
    }

    private List<long> ReadIntegers(string name, JsonElement entry, string member)
    {
        var expected = $"an array of integers, each at least 0, as {member} of tensor {name}";
        var isArray = entry.TryGetProperty(member, out var array) && array.ValueKind == JsonValueKind.Array;
        Require(isArray, expected, "none");
        var integers = new List<long>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
        {
            var isNumber = element.ValueKind == JsonValueKind.Number;
            var value = 0L;
            Require(
                isNumber && element.TryGetInt64(out value) && value >= 0,
                expected,
                isNumber ? element.GetRawText() : element.ValueKind.ToString());
            integers.Add(value);
        }

        return integers;
    }

    /// <summary>
    /// Holds that the tensors, by their place, follow one another from the first byte to the last, without gap or
    /// overlap.
    /// </summary>
    private void CheckOffsets(long dataLength)
    {
        var position = 0L;
        foreach (var entry in _entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            Require(
                entry.Begin == position,
                $"tensor {entry.Name} to begin at byte {position} of the data",
                $"byte {entry.Begin}");
            position = entry.End;
        }

        Require(position == dataLength, $"{position} bytes of data after the header", $"{dataLength}");
    }

    private void Require(bool holds, string expected, string found)
    {
        if (!holds)
        {
            throw Fault(_path, expected, found);
        }
    }
}
