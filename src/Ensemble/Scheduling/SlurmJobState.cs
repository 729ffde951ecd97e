namespace Ensemble.Scheduling;

/// <summary>What Slurm says of a job.</summary>
public sealed record SlurmJobState
{
    private static readonly string[] s_ended =
        ["COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "OUT_OF_MEMORY", "DEADLINE", "BOOT_FAIL", "REVOKED", "LAUNCH_FAILED", "RECONFIG_FAIL"];

    /// <summary>The job as squeue names it: <c>12</c>, or <c>12_3</c> of an array.</summary>
    public required string Id { get; init; }

    /// <summary>Slurm's word: PENDING, RUNNING, FAILED and so on.</summary>
    public required string Word { get; init; }

    /// <summary>Where it runs or ran; empty before.</summary>
    public string Node { get; init; } = "";

    /// <summary>Why it waits, in Slurm's words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether it has yet to end. A word that is not known counts as one of a job that goes on: nothing is done twice then.</summary>
    public bool IsLive => !s_ended.Contains(Word);

    /// <summary>Whether it waits to begin.</summary>
    public bool IsPending => Word == "PENDING";

    /// <summary>Whether it waits for a job that failed.</summary>
    public bool IsNeverSatisfied => IsPending && Reason == "DependencyNeverSatisfied";

    /// <summary>Why it waits, for a person.</summary>
    public string Explanation => Reason switch
    {
        "" or "None" => "not placed yet",
        "DependencyNeverSatisfied" => "a stage that it needs failed (DependencyNeverSatisfied); the command that submitted it submits both again",
        "Dependency" => "for stages that it needs",
        "BeginTime" => "for the time that Slurm has set after a requeue, or that --begin asked for (BeginTime)",
        "Resources" or "Priority" => $"for a free node ({Reason})",
        _ => Reason,
    };
}
