using Ensemble.Measurement;
using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>A run's results.json: every model's measurements, with what is needed to produce them again.</summary>
public sealed record ResultsFile : IRecord
{
    /// <summary>The form of results.json that this code writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The form of the file; <see cref="CurrentSchemaVersion"/>.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The machine that measured.</summary>
    public required MachineInfo Hardware { get; init; }

    /// <summary>Versions by name of the software: ensemble, libtorch, and so on.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>When the results were measured, UTC; take it from the caller's <see cref="TimeProvider"/>.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>
    /// What the whole run cost: teachers, soft targets, baseline, student. Null in files that older versions wrote.
    /// </summary>
    public CostRecord? Cost { get; init; }

    /// <summary>The models; names are unique.</summary>
    public required IReadOnlyList<ResultRecord> Models { get; init; }

    /// <summary>Ensembles of the teachers by size, and how far teachers differ; null where it was not measured.</summary>
    public EnsembleCurve? EnsembleCurve { get; init; }

    /// <summary>Reads a results.json.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The results, every value within its range.</returns>
    /// <exception cref="DataFaultException">
    /// The file is missing, damaged, of another schema, or a value is out of range.
    /// </exception>
    public static ResultsFile Read(string path) =>
        RecordJson.Read<ResultsFile>(path, "a results.json of a run", "run 'evaluate' on the run again");

    /// <summary>Writes the results, whole or not at all.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <exception cref="ArgumentException">
    /// A value is out of range or not finite; every such value is named.
    /// </exception>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public void Write(string path) => RecordJson.Write(path, this);

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Require(
            SchemaVersion == CurrentSchemaVersion,
            "schemaVersion",
            $"must be {CurrentSchemaVersion}, is {SchemaVersion}");
        faults.Text(Recipe, "recipe");
        faults.Text(Dataset, "dataset");
        faults.Require(CreatedUtc.Offset == TimeSpan.Zero, "createdUtc", "must be UTC");
        faults.NoNulls(Versions.Values, "versions");
        faults.Inside("hardware", Hardware);
        if (Cost is not null)
        {
            faults.Inside("cost", Cost);
        }

        foreach (var (model, index) in Models.Select((model, index) => (model, index)))
        {
            faults.Inside(string.IsNullOrEmpty(model?.Name) ? $"models[{index}]" : model.Name, model);
        }

        if (EnsembleCurve?.FindFault() is { } fault)
        {
            faults.Require(false, "ensembleCurve", fault);
        }

        var names = Models.Select(model => model?.Name).ToList();
        faults.Require(names.Distinct().Count() == names.Count, "models", "must have unique names");
    }
}
