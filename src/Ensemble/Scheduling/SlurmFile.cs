using System.Text.Json.Serialization;
using Ensemble.Pipeline;
using Ensemble.Storage;

namespace Ensemble.Scheduling;

/// <summary>slurm.json in the folder of a run or sweep: how its stages were submitted, and as which jobs.</summary>
public sealed record SlurmFile : IRecord
{
    /// <summary>The form of slurm.json that this code writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The form of the file; <see cref="CurrentSchemaVersion"/>.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>What sbatch was asked for last.</summary>
    public required SlurmOptions Options { get; init; }

    /// <summary>Into how many parts the soft targets are cut; at least 1.</summary>
    public required int SoftTargetShards { get; init; }

    /// <summary>Into how many parts each measurement on the test images is cut; at least 1, which is what older files mean that do not say.</summary>
    public int EvaluationShards { get; init; } = 1;

    /// <summary>As what each student leaves; null for no export, and in older files.</summary>
    public ExportRequest? Export { get; init; }

    /// <summary>The jobs, in the order of their submission; a stage's last one counts.</summary>
    public required IReadOnlyList<SlurmJob> Jobs { get; init; }

    /// <summary>How the stages became jobs.</summary>
    [JsonIgnore]
    public JobLayout Layout => new() { SoftTargetShards = SoftTargetShards, EvaluationShards = EvaluationShards, Export = Export };

    /// <summary>Whether stages of a run or sweep were submitted.</summary>
    /// <param name="folder">Its folder.</param>
    public static bool IsIn(string folder) => File.Exists(JobPlan.SlurmPathOf(Path.GetFullPath(folder)));

    /// <summary>Reads the file.</summary>
    /// <param name="folder">The folder of a run or sweep.</param>
    /// <exception cref="DataFaultException">It is missing or damaged.</exception>
    public static SlurmFile Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return RecordJson.Read<SlurmFile>(
            JobPlan.SlurmPathOf(Path.GetFullPath(folder)), "the slurm.json of a submitted run", "submit the run with --engine slurm; a damaged file can be deleted once scancel has ended the run's jobs");
    }

    /// <summary>The last job of each stage that was submitted.</summary>
    public IReadOnlyDictionary<string, SlurmJob> Latest()
    {
        var latest = new Dictionary<string, SlurmJob>();
        foreach (var job in Jobs)
        {
            latest[job.Stage] = job;
        }

        return latest;
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="folder">The folder of a run or sweep.</param>
    /// <exception cref="MachineFaultException">It cannot be written.</exception>
    public void Write(string folder) => RecordJson.Write(JobPlan.SlurmPathOf(Path.GetFullPath(folder)), this);

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Require(SchemaVersion == CurrentSchemaVersion, "schemaVersion", $"must be {CurrentSchemaVersion}, is {SchemaVersion}");
        faults.AtLeast(1, SoftTargetShards, "softTargetShards");
        faults.AtLeast(1, EvaluationShards, "evaluationShards");
        faults.Require(Export is null || Enum.IsDefined(Export.Format), "export.format", "is unknown");
        foreach (var fault in Options.FindFaults())
        {
            faults.Require(false, "options", fault);
        }

        foreach (var (index, job) in Jobs.Index())
        {
            faults.Inside($"jobs[{index}]", job);
        }
    }
}
