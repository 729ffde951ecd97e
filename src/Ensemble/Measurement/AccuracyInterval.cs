namespace Ensemble.Measurement;

/// <summary>The range that an accuracy lies in with 95% confidence, given that the images are a random draw.</summary>
public sealed record AccuracyInterval
{
    /// <summary>The 97.5% point of the standard normal distribution.</summary>
    private const double TwoSided95 = 1.959963984540054;

    /// <summary>The lower end, 0 to 1.</summary>
    public required double Low { get; init; }

    /// <summary>The upper end, 0 to 1.</summary>
    public required double High { get; init; }

    /// <summary>
    /// Wilson's score interval (Wilson 1927): with p = correct / n and z = 1.96, the centre (p + z^2/2n) / (1 + z^2/n),
    /// give or take z sqrt(p(1 - p)/n + z^2/4n^2) / (1 + z^2/n). Unlike p give or take z sqrt(p(1 - p)/n) it holds near
    /// 0 and 1 too.
    /// </summary>
    /// <param name="correct">Right answers, 0 to <paramref name="count"/>.</param>
    /// <param name="count">Images, at least 1.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range.</exception>
    public static AccuracyInterval Wilson95(long correct, long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(correct, count);
        var accuracy = (double)correct / count;
        var squaredOverCount = TwoSided95 * TwoSided95 / count;
        var centre = (accuracy + (squaredOverCount / 2)) / (1 + squaredOverCount);
        var variance = (accuracy * (1 - accuracy) / count) + (squaredOverCount / (4.0 * count));
        var halfWidth = TwoSided95 * Math.Sqrt(variance) / (1 + squaredOverCount);
        // The exact ends at 0 and n right answers are 0 and 1; rounding would leave them a few 1e-17 off.
        return new AccuracyInterval
        {
            Low = correct == 0 ? 0 : Math.Max(0, centre - halfWidth),
            High = correct == count ? 1 : Math.Min(1, centre + halfWidth),
        };
    }
}
