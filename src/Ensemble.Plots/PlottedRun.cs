using Ensemble.Runs;

namespace Ensemble.Plots;

/// <summary>A run in a figure of several.</summary>
public sealed record PlottedRun
{
    /// <summary>Its results.</summary>
    public required ResultsFile Results { get; init; }

    /// <summary>What its student has that those of other runs have not, such as "T = 4"; runs of the same architecture and the same
    /// variant are repetitions of each other. Null for nothing.</summary>
    public string? Variant { get; init; }
}
