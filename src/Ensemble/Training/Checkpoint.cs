using Ensemble.Storage;

namespace Ensemble.Training;

/// <summary>A training's state between two steps.</summary>
internal sealed record Checkpoint
{
    /// <summary>Where the log stands, and with it the training.</summary>
    public required TrainingLogState Log { get; init; }

    /// <summary>Weights, statistics, the second set of weights where there is one, and the optimiser's memory.</summary>
    public required IReadOnlyList<TensorRecord> Tensors { get; init; }
}
