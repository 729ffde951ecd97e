using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Ensemble.Storage;

/// <summary>
/// How this project's records stand in JSON: camelCase, enumerations as words, numbers as .NET writes them back bit for
/// bit.
/// </summary>
internal static class RecordJson
{
    /// <summary>No such file of a run is near this size, in bytes; a larger one is refused before it is read.</summary>
    private const long MaximumLength = 64L << 20;

    /// <summary>Indented, for files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(isIndented: true);

    /// <summary>On one line.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(isIndented: false);

    /// <summary>Writes a record, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="ArgumentException">A value is out of range or not finite; all such are named.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public static void Write<T>(string path, T record)
        where T : class, IRecord
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(record);
        var faults = FindFaults(record);
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{Path.GetFileName(path)}: {string.Join("; ", faults)}", nameof(record));
        }

        AtomicFile.WriteBytes(path, (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(record, Indented), (byte)'\n']);
    }

    /// <summary>Reads a record and holds its values.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What the file is, for messages.</param>
    /// <param name="remedy">What the person can do when it is not.</param>
    /// <exception cref="DataFaultException">The file is missing, no JSON, or its values are out of range.</exception>
    public static T Read<T>(string path, string expected, string remedy)
        where T : class, IRecord
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = DiskFault.ReadAllBytes(path, expected, remedy, MaximumLength);
        var record = Parse<T>(path, content, expected, remedy);
        var faults = FindFaults(record);
        return faults.Count == 0
            ? record
            : throw new DataFaultException(path, expected, string.Join("; ", faults), remedy);
    }

    /// <summary>Parses one JSON value into a record, whatever the bytes are.</summary>
    /// <exception cref="DataFaultException">The bytes are no such record.</exception>
    public static T Parse<T>(string path, ReadOnlySpan<byte> content, string expected, string remedy)
        where T : class
    {
        // An editor may have left a byte order mark.
        var json = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        try
        {
            return JsonSerializer.Deserialize<T>(json, Indented) ?? throw new JsonException("the value is null");
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new DataFaultException(path, expected, $"other content ({exception.Message})", remedy, exception);
        }
    }

    private static IReadOnlyList<string> FindFaults(IRecord record)
    {
        var faults = new RecordFaults();
        record.FindFaults(faults);
        return faults.Messages;
    }

    private static JsonSerializerOptions Create(bool isIndented)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = isIndented,
            NewLine = "\n",
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            // Names in any script stay legible; what HTML would take as markup is escaped: reports embed these.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
