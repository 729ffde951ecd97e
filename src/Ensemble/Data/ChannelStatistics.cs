namespace Ensemble.Data;

/// <summary>The mean and spread of each colour plane over a data set, on the scale where a byte 0 is 0 and 255 is
/// 1.</summary>
public sealed record ChannelStatistics
{
    /// <summary>The mean of each channel, 0 to 1.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>The standard deviation of each channel (divided by n, not n - 1), 0 to 0.5.</summary>
    public required IReadOnlyList<double> StandardDeviation { get; init; }

    /// <summary>Measures a data set, to normalise by; measure the training split alone. Sums are of integers, and so
    /// exact.</summary>
    /// <param name="dataset">The images.</param>
    /// <returns>The statistics, a value for each channel.</returns>
    public static ChannelStatistics Measure(ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var channels = dataset.Shape.Channels;
        var planeLength = dataset.Shape.PlaneLength;
        var sums = new long[channels];
        var squareSums = new long[channels];
        var pixels = dataset.Pixels.Span;
        for (var plane = 0; plane < dataset.Count * channels; plane++)
        {
            var (sum, squareSum) = SumPlane(pixels.Slice(plane * planeLength, planeLength));
            sums[plane % channels] += sum;
            squareSums[plane % channels] += squareSum;
        }

        var count = (long)dataset.Count * planeLength;
        return new ChannelStatistics
        {
            Mean = [.. sums.Select(sum => sum / (255.0 * count))],
            StandardDeviation = [.. sums.Zip(squareSums, (sum, squareSum) => Spread(sum, squareSum, count))],
        };
    }

    /// <summary>Whether every mean and deviation is the same number.</summary>
    /// <param name="other">The statistics to compare with.</param>
    /// <returns>True when both hold the same values in the same order.</returns>
    public bool Equals(ChannelStatistics? other) =>
        other is not null && Mean.SequenceEqual(other.Mean) && StandardDeviation.SequenceEqual(other.StandardDeviation);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in Mean.Concat(StandardDeviation))
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private static (long Sum, long SquareSum) SumPlane(ReadOnlySpan<byte> plane)
    {
        long sum = 0;
        long squareSum = 0;
        foreach (var value in plane)
        {
            sum += value;
            squareSum += (uint)value * value;
        }

        return (sum, squareSum);
    }

    /// <summary>sqrt(n sum(x^2) - sum(x)^2) / (255 n); the difference is taken exactly, in 128 bits.</summary>
    private static double Spread(long sum, long squareSum, long count)
    {
        var scaledVariance = ((Int128)count * squareSum) - ((Int128)sum * sum);
        return Math.Sqrt((double)scaledVariance) / (255.0 * count);
    }
}
