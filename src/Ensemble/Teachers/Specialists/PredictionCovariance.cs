namespace Ensemble.Teachers.Specialists;

/// <summary>How the predictions for classes move together over images: classes that a network confuses do (Hinton, Vinyals and Dean 2015, section 5.3).</summary>
public static class PredictionCovariance
{
    /// <summary>The covariance of the predicted probabilities.</summary>
    /// <param name="logits">[n, classes] float32 logits of a generalist, row-major; n at least 1.</param>
    /// <param name="classCount">Columns, at least 1.</param>
    /// <returns>[classes][classes], symmetric, divided by n; a column for each class.</returns>
    /// <exception cref="ArgumentException">The logits are no whole rows, or none.</exception>
    public static double[][] Measure(ReadOnlySpan<float> logits, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (logits.IsEmpty || logits.Length % classCount != 0)
        {
            throw new ArgumentException($"{logits.Length} values are no whole rows of {classCount} classes", nameof(logits));
        }

        var count = logits.Length / classCount;
        var mean = new double[classCount];
        var products = new double[classCount][];
        for (var row = 0; row < classCount; row++)
        {
            products[row] = new double[classCount];
        }

        for (var image = 0; image < count; image++)
        {
            var probabilities = Softmax.Of(logits.Slice(image * classCount, classCount));
            for (var first = 0; first < classCount; first++)
            {
                mean[first] += probabilities[first];
                for (var second = 0; second <= first; second++)
                {
                    products[first][second] += probabilities[first] * probabilities[second];
                }
            }
        }

        for (var first = 0; first < classCount; first++)
        {
            for (var second = 0; second <= first; second++)
            {
                products[first][second] = (products[first][second] / count) - (mean[first] / count * (mean[second] / count));
                products[second][first] = products[first][second];
            }
        }

        return products;
    }

    /// <summary>
    /// What a class is confused with, whatever its own variance: each column of a covariance with the largest covariance with
    /// another class in place of the variance, brought to length 1. By the columns as they are, K-means finds the few classes of
    /// the largest variance, and one heap of all others.
    /// </summary>
    /// <param name="covariance">[classes][classes], symmetric, of at least two classes.</param>
    /// <returns>[classes][classes], a column for each class; of one that covaries with none, zeros.</returns>
    public static double[][] Profiles(IReadOnlyList<double[]> covariance)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentOutOfRangeException.ThrowIfLessThan(covariance.Count, 2);
        return [.. covariance.Select(Profile)];
    }

    private static double[] Profile(double[] column, int own)
    {
        var profile = column.ToArray();
        profile[own] = column.Where((_, other) => other != own).Max();
        var length = Math.Sqrt(profile.Sum(value => value * value));
        return length == 0 ? profile : [.. profile.Select(value => value / length)];
    }
}
