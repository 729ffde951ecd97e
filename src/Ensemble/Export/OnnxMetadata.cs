using System.Text.Json;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Export;

/// <summary>What an exported ONNX file says of itself, in its metadata.</summary>
/// <remarks>
/// Keys: <c>ensemble.architecture</c>, <c>.classes</c> (JSON), <c>.input</c>, <c>.output</c>, <c>.precision</c>,
/// <c>.recipe</c> and <c>.weights</c> (SHA-256), <c>.teachers</c> (JSON, SHA-256 each), <c>.metrics</c> (JSON).
/// </remarks>
internal static class OnnxMetadata
{
    private const string ClassesKey = "ensemble.classes";
    private const string InputKey = "ensemble.input";
    private const string OutputKey = "ensemble.output";
    private const string PrecisionKey = "ensemble.precision";
    private const string WeightsKey = "ensemble.weights";

    /// <summary>The entries, in order.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(ExportSource source, ModelRecord record, ExportOptions options)
    {
        yield return new("ensemble.architecture", record.Architecture);
        yield return new(ClassesKey, ToJson(record.ClassNames));
        yield return new(InputKey, InputOf(options));
        yield return new(OutputKey, OutputOf(options));
        yield return new(PrecisionKey, PrecisionOf(options));
        yield return new("ensemble.recipe", record.RecipeHash);
        yield return new(WeightsKey, record.WeightsSha256);
        if (source.Teachers.Count > 0)
        {
            yield return new("ensemble.teachers", ToJson(source.Teachers));
        }

        if (source.Result is { } result)
        {
            yield return new("ensemble.metrics", ToJson(new { result.Accuracy, result.Errors, result.Count, result.Nll, result.Ece }));
        }
    }

    /// <summary>The classes' names of a file.</summary>
    /// <param name="metadata">The file's entries.</param>
    /// <param name="path">The file, for the message.</param>
    /// <param name="count">Outputs of its graph.</param>
    /// <exception cref="DataFaultException">There are none, or not as many as outputs.</exception>
    public static IReadOnlyList<string> ReadClasses(IReadOnlyDictionary<string, string> metadata, string path, long count)
    {
        var names = metadata.TryGetValue(ClassesKey, out var json) ? Parse(json) : null;
        return names is not null && names.Length == count && names.OfType<string>().ToArray() is var present && present.Length == count
            ? present
            : throw new DataFaultException(path, $"the names of {count} classes", names is null ? "none" : $"{names.Length}", "export it again");
    }

    /// <summary>Whether a file answers with probabilities.</summary>
    public static bool HasSoftmax(IReadOnlyDictionary<string, string> metadata) =>
        metadata.TryGetValue(OutputKey, out var output) && output == "probabilities";

    /// <summary>Whether a file is of these weights, with this precision, input and output.</summary>
    /// <param name="metadata">The file's entries.</param>
    /// <param name="weightsSha256">The SHA-256 of the original's weights.</param>
    /// <param name="options">How the file must have been made.</param>
    public static bool IsOf(IReadOnlyDictionary<string, string> metadata, string weightsSha256, ExportOptions options)
    {
        (string Key, string Value)[] wanted = [(WeightsKey, weightsSha256), (InputKey, InputOf(options)), (OutputKey, OutputOf(options)), (PrecisionKey, PrecisionOf(options))];
        return wanted.All(entry => metadata.TryGetValue(entry.Key, out var value) && value == entry.Value);
    }

    private static string InputOf(ExportOptions options) => options.Input == InputPixels.UInt8 ? "uint8 pixels 0 to 255, NCHW" : "float32 pixels 0 to 1, NCHW";

    private static string OutputOf(ExportOptions options) => options.HasSoftmax ? "probabilities" : "logits";

    private static string PrecisionOf(ExportOptions options) => options.Precision.ToString().ToLowerInvariant();

    private static string?[]? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ToJson<T>(T value) => JsonSerializer.Serialize(value, RecordJson.Compact);
}
