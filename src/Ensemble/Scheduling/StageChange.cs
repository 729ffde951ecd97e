namespace Ensemble.Scheduling;

/// <summary>A stage began or ended.</summary>
public sealed record StageChange
{
    /// <summary>The stage.</summary>
    public required PlannedStage Stage { get; init; }

    /// <summary>How many stages were begun so far, this one included.</summary>
    public required int Begun { get; init; }

    /// <summary>How many there were to do.</summary>
    public required int Count { get; init; }

    /// <summary>How it ended; null where it began.</summary>
    public StageEnd? End { get; init; }
}
