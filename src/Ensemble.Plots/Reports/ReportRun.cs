using Ensemble.Runs;

namespace Ensemble.Plots.Reports;

/// <summary>A run, as a report needs it.</summary>
public sealed record ReportRun
{
    /// <summary>What it is called: its folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder, as it stands in commands.</summary>
    public required string Folder { get; init; }

    /// <summary>Its run.json.</summary>
    public required RunManifest Manifest { get; init; }

    /// <summary>Its results, and what sets its student apart from those of the report's other runs.</summary>
    public required PlottedRun Plotted { get; init; }

    /// <summary>Who teaches, in words: "3 × resnet20"; null where nobody does.</summary>
    public required string? Teachers { get; init; }

    /// <summary>The student's architecture, or that of the network that is trained alone.</summary>
    public required string Student { get; init; }

    /// <summary>What the student minimises, by name.</summary>
    public required string Objective { get; init; }

    /// <summary>The weight of the labels in it, 0 to 1.</summary>
    public required double HardWeight { get; init; }

    /// <summary>The temperature of the soft targets, above 0.</summary>
    public required double Temperature { get; init; }

    /// <summary>How its trainings went; may be empty.</summary>
    public required IReadOnlyList<TrainingCurve> Curves { get; init; }

    /// <summary>What its stages took.</summary>
    public required IReadOnlyList<ReportStage> Stages { get; init; }

    /// <summary>Reads what its models answer; throws a <see cref="DataFaultException"/> where that cannot be had.</summary>
    public required Func<AnswersFile> OpenAnswers { get; init; }

    /// <summary>Its results.</summary>
    public ResultsFile Results => Plotted.Results;
}
