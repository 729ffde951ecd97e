namespace Ensemble.Plots.Reports;

/// <summary>What a report is made from.</summary>
public sealed record ReportSource
{
    /// <summary>The runs, at least one, all with results and of one data set.</summary>
    public required IReadOnlyList<ReportRun> Runs { get; init; }

    /// <summary>Runs that belong to it and have no results yet, by name.</summary>
    public required IReadOnlyList<string> Unfinished { get; init; }

    /// <summary>When the report is written, UTC.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>The command that writes it again.</summary>
    public required string Command { get; init; }
}
