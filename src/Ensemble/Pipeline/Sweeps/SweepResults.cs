using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>A sweep's sweep-results.json: a row for each student and way of distilling it, over the seeds.</summary>
public sealed record SweepResults : IRecord
{
    /// <summary>The form of the file that this code writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The form of the file; <see cref="CurrentSchemaVersion"/>.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The hash of the sweep's recipe.</summary>
    public required string Recipe { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>The machine that began the sweep; each run's results name the one that measured it.</summary>
    public required MachineInfo Hardware { get; init; }

    /// <summary>Versions by name of the software that began it.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>When the table was made, UTC.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>The teachers, then their ensemble, measured once; empty before that, and where they can only be asked.</summary>
    public required IReadOnlyList<ResultRecord> Teachers { get; init; }

    /// <summary>The rows, in the recipe's order; those of which no seed is done are left out.</summary>
    public required IReadOnlyList<SweepRow> Rows { get; init; }

    /// <summary>The runs that have no results.</summary>
    public required IReadOnlyList<MissingRun> Missing { get; init; }

    /// <summary>What it cost.</summary>
    public required SweepCost Cost { get; init; }

    /// <summary>Reads a sweep-results.json.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFaultException">The file is missing, damaged, of another schema, or a value is out of range.</exception>
    public static SweepResults Read(string path) =>
        RecordJson.Read<SweepResults>(path, "a sweep-results.json of a sweep", "do the stage table of the sweep again");

    /// <summary>Writes the results, whole or not at all.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <exception cref="ArgumentException">A value is out of range or not finite; every such value is named.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public void Write(string path) => RecordJson.Write(path, this);

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Require(SchemaVersion == CurrentSchemaVersion, "schemaVersion", $"must be {CurrentSchemaVersion}, is {SchemaVersion}");
        faults.Text(Recipe, "recipe");
        faults.Text(Dataset, "dataset");
        faults.Require(CreatedUtc.Offset == TimeSpan.Zero, "createdUtc", "must be UTC");
        faults.Inside("hardware", Hardware);
        faults.NoNulls(Missing, "missing");
        foreach (var (teacher, index) in Teachers.Select((teacher, index) => (teacher, index)))
        {
            faults.Inside($"teachers[{index}]", teacher);
        }

        foreach (var (row, index) in Rows.Select((row, index) => (row, index)))
        {
            faults.Inside($"rows[{index}]", row);
        }

        faults.Inside("cost", Cost);
    }
}
