namespace Ensemble.Scheduling;

/// <summary>What became of the stages of a plan when they were submitted.</summary>
public sealed record SlurmSubmission
{
    /// <summary>The jobs that were submitted, in order.</summary>
    public required IReadOnlyList<SubmittedJob> Submitted { get; init; }

    /// <summary>The stages that were left to jobs submitted before, with those jobs.</summary>
    public required IReadOnlyList<SlurmJob> Left { get; init; }

    /// <summary>The names of the stages that were done.</summary>
    public required IReadOnlyList<string> Done { get; init; }

    /// <summary>Jobs that could not begin any more, and were taken from the queue.</summary>
    public required IReadOnlyList<string> Cancelled { get; init; }
}
