using Ensemble.Storage;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>A quantity over the seeds of a sweep.</summary>
public sealed record SeedMean : IRecord
{
    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The sample standard deviation (divided by n - 1), at least 0; null for one seed.</summary>
    public required double? Deviation { get; init; }

    /// <summary>The mean of values and how far they spread.</summary>
    /// <param name="values">At least one, finite.</param>
    public static SeedMean Of(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var mean = values.Average();
        return new SeedMean
        {
            Mean = mean,
            Deviation = values.Count == 1 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)),
        };
    }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Finite(Mean, "mean");
        faults.NotNegative(Deviation ?? 0, "deviation");
    }
}
