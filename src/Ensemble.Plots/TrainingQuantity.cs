namespace Ensemble.Plots;

/// <summary>What is drawn of a training.</summary>
public enum TrainingQuantity
{
    /// <summary>The share of the epoch's training images that were classified right, in training mode.</summary>
    Accuracy,

    /// <summary>The sum of the loss's terms, the mean over the epoch's images.</summary>
    Loss,
}
