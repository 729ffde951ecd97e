namespace Ensemble.Training;

/// <summary>How far a training run is, told at every log step.</summary>
public sealed record TrainingProgress
{
    /// <summary>Epochs done in whole.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs in the run.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps done.</summary>
    public required long Step { get; init; }

    /// <summary>Steps in the run.</summary>
    public required long Steps { get; init; }

    /// <summary>The mean over the images of the epoch so far of each term of the loss, by name, weighted as it is summed; nats for cross-entropies.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Losses { get; init; }

    /// <summary>
    /// The share of the epoch's images so far that were classified right, 0 to 1: each as its view was, and
    /// as the network stood at its step, in training mode.
    /// </summary>
    public required double Accuracy { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training images a second in the epoch so far.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Seconds of training, those before a resumption included.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Whether this is the last report of its epoch.</summary>
    public required bool EndsEpoch { get; init; }

    /// <summary>The sum of the terms.</summary>
    public double Loss => Losses.Sum(term => term.Value);

    /// <summary>Seconds to go at the speed so far.</summary>
    public double RemainingSeconds => Step == 0 ? 0 : ElapsedSeconds * (Steps - Step) / Step;
}
