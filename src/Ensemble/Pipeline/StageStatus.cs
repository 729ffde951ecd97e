namespace Ensemble.Pipeline;

/// <summary>How far one stage of a run is, as its folder tells.</summary>
public sealed record StageStatus
{
    /// <summary>The stage; see <see cref="StageKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>How far it is.</summary>
    public required StageState State { get; init; }

    /// <summary>Parts done: epochs of a training, views of soft targets; null of an evaluation or export.</summary>
    public int? DoneParts { get; init; }

    /// <summary>Parts in all; null of an evaluation or export.</summary>
    public int? AllParts { get; init; }

    /// <summary>Seconds that it took so far.</summary>
    public double Seconds { get; init; }

    /// <summary>Training images a second in the last epoch; null where none is recorded.</summary>
    public double? ImagesPerSecond { get; init; }
}
