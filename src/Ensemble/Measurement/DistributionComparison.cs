namespace Ensemble.Measurement;

/// <summary>How near one classifier's predictions are to another's. Filled by
/// <see cref="DistributionAccumulator"/>.</summary>
public sealed record DistributionComparison
{
    /// <summary>Images compared, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>The share of images on which both have the same top-1 class, 0 to 1.</summary>
    public required double Agreement { get; init; }

    /// <summary>The mean over images of KL(p || q) = sum p ln(p / q), in nats, p being the reference; at least
    /// 0.</summary>
    public required double MeanKl { get; init; }
}
