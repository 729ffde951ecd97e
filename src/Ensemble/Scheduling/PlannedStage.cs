using Ensemble.Data;
using Ensemble.Pipeline;

namespace Ensemble.Scheduling;

/// <summary>One stage of a run or sweep as something that a scheduler can place.</summary>
public sealed record PlannedStage
{
    /// <summary>Its name, of its own in the plan: <c>teachers/0</c>, <c>soft-targets/2-of-8</c>, <c>runs/resnet8-s1/student</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder, absolute, of the run or sweep that has the stage.</summary>
    public required string Folder { get; init; }

    /// <summary>The stage in that folder; see <see cref="StageKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The part of the stage, where it is done in parts; null for all of it.</summary>
    public SampleShard? Shard { get; init; }

    /// <summary>What is exported, and how, where the stage is an export; null for others.</summary>
    public ExportRequest? Export { get; init; }

    /// <summary>The names of the stages that must be done before it.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>What its job is called; stages with the same one and a <see cref="Task"/> become one job array.</summary>
    public required string JobName { get; init; }

    /// <summary>Its number, at least 0, in a job array; null for a job of its own.</summary>
    public int? Task { get; init; }

    /// <summary>Where the job writes, as sbatch's --output takes it: %A, %a and %j stand for the job, %% for a percent sign.</summary>
    public required string LogPattern { get; init; }

    /// <summary>Whether it computes with networks, and a GPU is of use to it.</summary>
    public bool UsesDevice { get; init; } = true;

    /// <summary>What the program is told to do the stage.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        "run", "stage", Folder, Key,
        .. Shard is { } shard ? new[] { "--shard", $"{shard}" } : [],
        .. Export is { } export ? new[] { "--export", export.Format.ToString().ToLowerInvariant() } : [],
        .. Export is { MayFetchRuntime: false } ? new[] { "--offline" } : [],
    ];

    /// <summary>The log's file.</summary>
    /// <param name="jobId">The job as squeue names it: <c>12</c>, or <c>12_3</c> of an array.</param>
    public string LogOf(string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        var parts = jobId.Split('_');
        // %% first becomes what no path has, so that what follows a percent sign of the path is not taken for a letter's meaning.
        return LogPattern.Replace("%%", "\0", StringComparison.Ordinal)
            .Replace("%A", parts[0], StringComparison.Ordinal)
            .Replace("%a", parts[^1], StringComparison.Ordinal)
            .Replace("%j", jobId, StringComparison.Ordinal)
            .Replace('\0', '%');
    }
}
