using Ensemble.Runs;

namespace Ensemble.Plots;

/// <summary>How one network's training went.</summary>
public sealed record TrainingCurve
{
    /// <summary>What the legend calls it; curves of the same name have one entry together.</summary>
    public required string Name { get; init; }

    /// <summary>What the network is for, which says how it looks.</summary>
    public required ModelRole Role { get; init; }

    /// <summary>Its metrics.jsonl, at least one entry; those without the quantity that is drawn are left out.</summary>
    public required IReadOnlyList<MetricsEntry> Entries { get; init; }
}
