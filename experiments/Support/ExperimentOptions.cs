namespace Ensemble.Experiments;

/// <summary>How an experiment is done.</summary>
public sealed record ExperimentOptions
{
    /// <summary>Whether tiny nets on drawn images show that it works, in seconds, and the committed results stay as they are.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Where the data sets are; null for the folder that they are downloaded to.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where networks are kept, so that the same command goes on with what was stopped. Default runs/paper, or runs/paper-quick.</summary>
    public string? RunsDirectory { get; init; }

    /// <summary>The folder of all results. Default experiments/results above the current folder; of quick ones a folder of the runs.</summary>
    public string? ResultsDirectory { get; init; }

    /// <summary>Stops between two steps of a training.</summary>
    public CancellationToken CancellationToken { get; init; }
}
