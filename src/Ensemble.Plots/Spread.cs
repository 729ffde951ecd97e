namespace Ensemble.Plots;

/// <summary>What the bars through a mean show.</summary>
public enum Spread
{
    /// <summary>From the lowest to the highest of the repetitions.</summary>
    MinimumToMaximum,

    /// <summary>A standard deviation of the repetitions (n - 1) to either side; no bar at a single one.</summary>
    StandardDeviation,

    /// <summary>Wilson's 95% interval of one accuracy over the test images; at several repetitions the mean of its ends.</summary>
    TestInterval,
}
