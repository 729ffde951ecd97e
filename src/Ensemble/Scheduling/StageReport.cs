using Ensemble.Pipeline;

namespace Ensemble.Scheduling;

/// <summary>How a submitted stage stands, by its folder and by the scheduler.</summary>
public sealed record StageReport
{
    /// <summary>The stage.</summary>
    public required PlannedStage Stage { get; init; }

    /// <summary>How far it is, by its folder.</summary>
    public required StageStatus Progress { get; init; }

    /// <summary><c>done</c>, <c>running</c>, <c>waiting</c>, <c>failed</c>, <c>cancelled</c>, or <c>begun</c> where nobody does it.</summary>
    public required string State { get; init; }

    /// <summary>Its last job; null where it was never submitted.</summary>
    public SlurmJob? Job { get; init; }

    /// <summary>Where it runs or ran; empty where nobody knows.</summary>
    public string Node { get; init; } = "";

    /// <summary>Why it waits, or how it ended; empty where there is nothing to say.</summary>
    public string Explanation { get; init; } = "";
}
