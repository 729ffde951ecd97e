namespace Ensemble.Measurement;

/// <summary>What a model answers on every image of a split: log-probabilities in half precision, in the split's order.</summary>
public sealed class ModelAnswers
{
    private readonly ReadOnlyMemory<Half> _logProbabilities;

    /// <summary>Holds answers; the memory is not copied, and must not be written to afterwards.</summary>
    /// <param name="logProbabilities">[N, C] row-major, in nats, finite.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <exception cref="ArgumentException">The values are no whole rows, or one is not finite.</exception>
    public ModelAnswers(ReadOnlyMemory<Half> logProbabilities, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (logProbabilities.Length % classCount != 0)
        {
            throw new ArgumentException($"{logProbabilities.Length} values are no whole rows of {classCount} classes", nameof(logProbabilities));
        }

        for (var index = 0; index < logProbabilities.Length; index++)
        {
            if (!Half.IsFinite(logProbabilities.Span[index]))
            {
                throw new ArgumentException($"image {index / classCount}, class {index % classCount} is {logProbabilities.Span[index]}, not a finite number", nameof(logProbabilities));
            }
        }

        (_logProbabilities, ClassCount) = (logProbabilities, classCount);
    }

    /// <summary>[N, C] row-major log-probabilities, in nats.</summary>
    public ReadOnlyMemory<Half> LogProbabilities => _logProbabilities;

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of images.</summary>
    public int Count => _logProbabilities.Length / ClassCount;

    /// <summary>
    /// Normalises logits and rounds them: log p = z - ln sum exp(z). The largest stays the largest, so that every count of right
    /// answers is that of the logits themselves.
    /// </summary>
    /// <param name="logits">[N, C] float32, logits or log-probabilities, row-major.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <exception cref="ArgumentException">The values are no whole rows, or one is not finite.</exception>
    public static ModelAnswers FromLogits(ReadOnlySpan<float> logits, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        var rows = Logits.RequireFiniteRows(logits, classCount, nameof(logits));
        var values = new Half[logits.Length];
        for (var row = 0; row < rows; row++)
        {
            Round(logits.Slice(row * classCount, classCount), values.AsSpan(row * classCount, classCount));
        }

        return new ModelAnswers(values, classCount);
    }

    /// <summary>The most probable class of an image; among equals, the lowest.</summary>
    /// <param name="image">0 to <see cref="Count"/> - 1.</param>
    public int Top1(int image)
    {
        var row = Row(image);
        var best = 0;
        for (var index = 1; index < row.Length; index++)
        {
            if (row[index] > row[best]) best = index;
        }

        return best;
    }

    /// <summary>The probabilities of an image's classes at a temperature: softmax(log p / T).</summary>
    /// <param name="image">0 to <see cref="Count"/> - 1.</param>
    /// <param name="temperature">T, above 0; 1 for the answers as they are.</param>
    /// <returns>[C], with sum 1.</returns>
    public double[] Probabilities(int image, double temperature = 1)
    {
        if (!(double.IsFinite(temperature) && temperature > 0)) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "must be above 0");
        var row = Row(image);
        var largest = (double)row[Top1(image)];
        var probabilities = new double[row.Length];
        for (var index = 0; index < row.Length; index++)
        {
            probabilities[index] = Math.Exp(((double)row[index] - largest) / temperature);
        }

        var sum = probabilities.Sum();
        for (var index = 0; index < row.Length; index++)
        {
            probabilities[index] /= sum;
        }

        return probabilities;
    }

    private ReadOnlySpan<Half> Row(int image)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(image);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(image, Count);
        return _logProbabilities.Span.Slice(image * ClassCount, ClassCount);
    }

    private static void Round(ReadOnlySpan<float> logits, Span<Half> row)
    {
        var (best, logSumExp) = (Logits.ArgMax(logits), Logits.LogSumExp(logits));
        for (var index = 0; index < row.Length; index++)
        {
            row[index] = (Half)Math.Max(logits[index] - logSumExp, (double)Half.MinValue);
        }

        // Two that were apart may have become equal, and the lower class would win.
        for (var index = 0; index < best; index++)
        {
            if (row[index] >= row[best]) row[index] = Half.BitDecrement(row[best]);
        }
    }
}
