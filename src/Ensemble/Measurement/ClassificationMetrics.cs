namespace Ensemble.Measurement;

/// <summary>How well a classifier's logits fit the labels of a split. Filled by
/// <see cref="ClassificationAccumulator"/>.</summary>
public sealed record ClassificationMetrics
{
    /// <summary>Images measured, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>Images whose top-1 class is not the label.</summary>
    public required long Errors { get; init; }

    /// <summary>1 - errors / count; 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The lower end of the accuracy's 95% interval (<see cref="AccuracyInterval.Wilson95"/>), 0 to
    /// 1.</summary>
    public required double AccuracyLow { get; init; }

    /// <summary>The upper end of the accuracy's 95% interval, 0 to 1.</summary>
    public required double AccuracyHigh { get; init; }

    /// <summary>The mean negative log-likelihood of the labels, in nats; at least 0.</summary>
    public required double Nll { get; init; }

    /// <summary>
    /// The expected calibration error: the mean over images of |accuracy - confidence| of the image's bin, with 15
    /// equal-width bins of top-1 probability, ((m - 1)/15, m/15] (Guo et al. 2017, arXiv 1706.04599, equation 3); 0 to
    /// 1.
    /// </summary>
    public required double Ece { get; init; }

    /// <summary>The accuracy on the images of each class, 0 to 1, in the order of the labels; null for a class without
    /// images.</summary>
    public required IReadOnlyList<double?> PerClassAccuracy { get; init; }
}
