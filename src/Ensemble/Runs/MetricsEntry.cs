using System.Text.Json.Serialization;
using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>One line of a metrics log: how an epoch went.</summary>
public sealed record MetricsEntry : IRecord
{
    /// <summary>Epochs done, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimiser steps taken since the training began, at least 0.</summary>
    public required long Step { get; init; }

    /// <summary>
    /// The mean over the epoch's images of each term of the loss, by name; finite. The unit is the objective's (nats for cross-entropy and
    /// KL).
    /// </summary>
    public required IReadOnlyDictionary<string, double> Losses { get; init; }

    /// <summary>
    /// The share of the epoch's training images that were classified right, 0 to 1, in training mode; null in logs that older
    /// versions wrote.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Accuracy { get; init; }

    /// <summary>The learning rate of the step, at least 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training images per second in the epoch, at least 0.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Seconds since the training began, pauses between resumed runs left out; at least 0.</summary>
    public required double Seconds { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.AtLeast(0, Epoch, "epoch");
        faults.AtLeast(0, Step, "step");
        faults.Share(Accuracy ?? 0, "accuracy");
        faults.NotNegative(LearningRate, "learningRate");
        faults.NotNegative(ImagesPerSecond, "imagesPerSecond");
        faults.NotNegative(Seconds, "seconds");
        foreach (var (term, value) in Losses)
        {
            faults.Finite(value, $"losses.{term}");
        }
    }
}
