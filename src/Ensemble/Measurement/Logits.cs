namespace Ensemble.Measurement;

/// <summary>The arithmetic on rows of logits that every measurement shares.</summary>
internal static class Logits
{
    /// <summary>Checks that a batch is whole rows of finite numbers.</summary>
    /// <param name="logits">[n, classes] float32, logits, row-major.</param>
    /// <param name="classCount">Columns.</param>
    /// <param name="parameterName">The name the caller knows the batch by.</param>
    /// <returns>n, the number of rows.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of the columns, or a value is NaN or infinite;
    /// names its row.</exception>
    public static int RequireFiniteRows(ReadOnlySpan<float> logits, int classCount, string parameterName)
    {
        if (logits.Length % classCount != 0)
        {
            throw new ArgumentException(
                $"{logits.Length} values are no whole rows of {classCount} classes", parameterName);
        }

        for (var index = 0; index < logits.Length; index++)
        {
            if (!float.IsFinite(logits[index]))
            {
                throw new ArgumentException(
                    $"row {index / classCount}, class {index % classCount} is {logits[index]}, not a finite number",
                    parameterName);
            }
        }

        return logits.Length / classCount;
    }

    /// <summary>The class of the largest logit; among equals, the lowest.</summary>
    public static int ArgMax(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var classIndex = 1; classIndex < row.Length; classIndex++)
        {
            if (row[classIndex] > row[best])
            {
                best = classIndex;
            }
        }

        return best;
    }

    /// <summary>ln sum exp(z), as max(z) + ln sum exp(z - max(z)), which neither overflows nor loses the largest
    /// term.</summary>
    public static double LogSumExp(ReadOnlySpan<float> row)
    {
        double largest = row[ArgMax(row)];
        var sum = 0.0;
        foreach (var logit in row)
        {
            sum += Math.Exp(logit - largest);
        }

        return largest + Math.Log(sum);
    }
}
