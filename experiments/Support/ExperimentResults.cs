using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Experiments;

/// <summary>An experiment's results.json.</summary>
public sealed record ExperimentResults
{
    /// <summary>The file's name.</summary>
    public const string FileName = "results.json";

    /// <summary>How this project's JSON is written.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether nothing more will be added.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>The table.</summary>
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <summary>What the paper says, and whether it holds here.</summary>
    public required IReadOnlyList<Verdict> Verdicts { get; init; }

    /// <summary>How choices were made, and what was tried.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The seeds, in words.</summary>
    public required string Seeds { get; init; }

    /// <summary>The figures.</summary>
    public required IReadOnlyList<FigureEntry> Figures { get; init; }

    /// <summary>Networks that it took, those that other experiments share included.</summary>
    public required int Networks { get; init; }

    /// <summary>The seconds that training them took, one after another.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>The machine.</summary>
    public required MachineInfo Hardware { get; init; }

    /// <summary>Versions by name of the software.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Reads a results.json.</summary>
    /// <exception cref="DataFaultException">It is missing or no such file.</exception>
    public static ExperimentResults Read(string path)
    {
        const string Remedy = "run the experiment again";
        try
        {
            return JsonSerializer.Deserialize<ExperimentResults>(File.ReadAllBytes(path), Json) ?? throw new JsonException("null");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DataFaultException(path, "an experiment's results.json", exception.Message, Remedy, exception);
        }
    }

    /// <summary>Writes it, whole or not at all.</summary>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");
}
