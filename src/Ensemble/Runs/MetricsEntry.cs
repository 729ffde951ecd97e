using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>One line of a metrics log: where the training stands at a log step.</summary>
public sealed record MetricsEntry : IRecord
{
    /// <summary>The epoch, from 0.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimiser steps taken since the training began, at least 0.</summary>
    public required long Step { get; init; }

    /// <summary>
    /// Each term of the loss by name, and its total; finite. The unit is the objective's (nats for cross-entropy and
    /// KL).
    /// </summary>
    public required IReadOnlyDictionary<string, double> Losses { get; init; }

    /// <summary>The learning rate of the step, at least 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training images per second since the last entry, at least 0.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Seconds since the training began, pauses between resumed runs left out; at least 0.</summary>
    public required double Seconds { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.AtLeast(0, Epoch, "epoch");
        faults.AtLeast(0, Step, "step");
        faults.NotNegative(LearningRate, "learningRate");
        faults.NotNegative(ImagesPerSecond, "imagesPerSecond");
        faults.NotNegative(Seconds, "seconds");
        foreach (var (term, value) in Losses)
        {
            faults.Finite(value, $"losses.{term}");
        }
    }
}
