namespace Ensemble.Training;

/// <summary>Where a log stands between two steps, so that it can go on in another process.</summary>
internal sealed record TrainingLogState
{
    /// <summary>Steps done.</summary>
    public long Step { get; init; }

    /// <summary>Seconds of training.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds of training when the epoch began.</summary>
    public double EpochSeconds { get; init; }

    /// <summary>Images of the epoch.</summary>
    public long Images { get; init; }

    /// <summary>Images of the epoch that were classified right.</summary>
    public long Correct { get; init; }

    /// <summary>The sum over the epoch's images of each term of the loss, by name, in the objective's order.</summary>
    public IReadOnlyList<KeyValuePair<string, float>> Losses { get; init; } = [];
}
