namespace Ensemble.Measurement;

/// <summary>
/// A constant added to the logits of some classes after training, for a net that never saw them in the right proportion
/// (Hinton, Vinyals and Dean 2015, section 3).
/// </summary>
public static class ClassBias
{
    /// <summary>Adds a constant to the logits of some classes.</summary>
    /// <param name="logits">[n, classes] float32, row-major; not changed.</param>
    /// <param name="classCount">Columns, at least 1.</param>
    /// <param name="classes">Which classes.</param>
    /// <param name="shift">The constant, in nats.</param>
    /// <returns>[n, classes] float32.</returns>
    /// <exception cref="ArgumentException">The logits are no whole rows, or a class is out of range.</exception>
    public static float[] Shift(ReadOnlySpan<float> logits, int classCount, IReadOnlyList<int> classes, double shift)
    {
        Require(logits, classCount, classes);
        var shifted = logits.ToArray();
        for (var row = 0; row < shifted.Length; row += classCount)
        {
            foreach (var shiftedClass in classes)
            {
                shifted[row + shiftedClass] += (float)shift;
            }
        }

        return shifted;
    }

    /// <summary>Counts the images whose largest logit is not their label's, among those of some classes.</summary>
    /// <param name="logits">[n, classes] float32, row-major.</param>
    /// <param name="labels">[n] class indices.</param>
    /// <param name="classCount">Columns, at least 1.</param>
    /// <param name="among">The labels that count; null for all.</param>
    /// <exception cref="ArgumentException">The logits are no whole rows, or there is no label for each.</exception>
    public static long Errors(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int classCount, IReadOnlyList<int>? among = null)
    {
        Require(logits, classCount, []);
        if (labels.Length != logits.Length / classCount)
        {
            throw new ArgumentException($"{labels.Length} labels for {logits.Length / classCount} rows", nameof(labels));
        }

        var errors = 0L;
        for (var row = 0; row < labels.Length; row++)
        {
            if (among?.Contains(labels[row]) != false && Logits.ArgMax(logits.Slice(row * classCount, classCount)) != labels[row])
            {
                errors++;
            }
        }

        return errors;
    }

    /// <summary>The constant with the fewest errors; among equals, the one nearest to 0.</summary>
    /// <param name="logits">[n, classes] float32, row-major, of the images that the choice is made on.</param>
    /// <param name="labels">[n] their class indices.</param>
    /// <param name="classCount">Columns, at least 1.</param>
    /// <param name="classes">Which classes are moved.</param>
    /// <param name="shifts">The constants to choose among, at least one.</param>
    /// <exception cref="ArgumentException">As in <see cref="Shift"/> and <see cref="Errors"/>, or there is nothing to choose among.</exception>
    public static double Pick(
        ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int classCount, IReadOnlyList<int> classes, IReadOnlyList<double> shifts)
    {
        if (shifts.Count == 0)
        {
            throw new ArgumentException("must hold at least one constant", nameof(shifts));
        }

        var (best, fewest) = (0.0, long.MaxValue);
        foreach (var shift in shifts.OrderBy(Math.Abs))
        {
            var errors = Errors(Shift(logits, classCount, classes, shift), labels, classCount);
            if (errors < fewest)
            {
                (best, fewest) = (shift, errors);
            }
        }

        return best;
    }

    private static void Require(ReadOnlySpan<float> logits, int classCount, IReadOnlyList<int> classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (logits.Length % classCount != 0)
        {
            throw new ArgumentException($"{logits.Length} values are no whole rows of {classCount} classes", nameof(logits));
        }

        if (classes.Any(shifted => shifted < 0 || shifted >= classCount))
        {
            throw new ArgumentException($"must be 0 to {classCount - 1}, are {string.Join(", ", classes)}", nameof(classes));
        }
    }
}
