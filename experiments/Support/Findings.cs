namespace Ensemble.Experiments;

/// <summary>What an experiment has found so far.</summary>
public sealed record Findings
{
    /// <summary>The table.</summary>
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <summary>Each thing that the paper says, once there is enough to tell.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; init; } = [];

    /// <summary>How choices were made, and what was tried.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The seeds, in words.</summary>
    public required string Seeds { get; init; }

    /// <summary>What there is to draw so far.</summary>
    public IReadOnlyList<NamedFigure> Figures { get; init; } = [];

    /// <summary>Whether nothing more will be added.</summary>
    public bool IsComplete { get; init; }
}
