namespace Ensemble.Teachers;

/// <summary>Weights of an ensemble's members, fitted so that their mixture explains held-out labels best.</summary>
/// <remarks>
/// The weights w of the simplex that minimise the NLL of the arithmetic mean, -(1/N) sum_i ln sum_m w_m p_mi with p_mi the
/// probability that member m gives the label of image i: a convex problem, solved by expectation maximisation
/// (Dempster, Laird and Rubin 1977; for fixed components, McLachlan and Peel 2000, section 2.8). It starts at equal weights
/// and no step raises the NLL. Fit on validation images: on those that the members were trained on, the most overfitted
/// member wins. The geometric mean has no such step and is not fitted. Everything is in double and in one order: the same
/// answers give the same bits.
/// </remarks>
public sealed record FittedWeights
{
    private const int MaximumIterations = 10_000;
    private const double SmallestGain = 1e-12;

    /// <summary>[M] the weights, each at least 0, with sum 1.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The NLL of the weighted mean on the images of the fit, in nats; at most <see cref="UniformNll"/>.</summary>
    public required double Nll { get; init; }

    /// <summary>The NLL of the mean with equal weights on the same images, in nats.</summary>
    public required double UniformNll { get; init; }

    /// <summary>Images of the fit, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Steps taken, 0 to 10,000.</summary>
    public required int Iterations { get; init; }

    /// <summary>Fits the weights.</summary>
    /// <param name="memberLogits">For each member [N, C] float32 logits of the same held-out images, row-major.</param>
    /// <param name="classCount">C, at least 2.</param>
    /// <param name="labels">[N] classes, 0 to C - 1.</param>
    /// <param name="temperature">What the logits are divided by first, above 0; 1 for the answers as they are.</param>
    /// <exception cref="ArgumentException">There are no members or images, sizes disagree, a label is out of range, or a logit is not finite.</exception>
    public static FittedWeights Fit(
        IReadOnlyList<ReadOnlyMemory<float>> memberLogits, int classCount, ReadOnlySpan<int> labels, double temperature = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (!(double.IsFinite(temperature) && temperature > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "must be above 0");
        }

        var likelihoods = Likelihoods(memberLogits, classCount, labels, temperature, out var offset);
        var weights = Enumerable.Repeat(1.0 / memberLogits.Count, memberLogits.Count).ToArray();
        var (next, uniform) = Step(likelihoods, weights);
        var (nll, iterations) = (uniform, 0);
        while (iterations < MaximumIterations)
        {
            var (after, value) = Step(likelihoods, next);
            // Rounding alone could raise it, at the end.
            if (value > nll)
            {
                break;
            }

            var gain = nll - value;
            (weights, next, nll) = (next, after, value);
            iterations++;
            if (gain < SmallestGain)
            {
                break;
            }
        }

        return new FittedWeights { Weights = weights, Nll = nll + offset, UniformNll = uniform + offset, Count = labels.Length, Iterations = iterations };
    }

    // [N][M] p_mi over the largest of a row, which no quotient below needs; the mean of the largest's -ln is the offset.
    private static double[][] Likelihoods(
        IReadOnlyList<ReadOnlyMemory<float>> memberLogits, int classCount, ReadOnlySpan<int> labels, double temperature, out double offset)
    {
        if (memberLogits.Count == 0 || labels.IsEmpty)
        {
            throw new ArgumentException("needs at least one member and one image", nameof(memberLogits));
        }

        foreach (var member in memberLogits)
        {
            if (member.Length != (long)labels.Length * classCount)
            {
                throw new ArgumentException($"a member has {member.Length} logits for {labels.Length} images of {classCount} classes", nameof(memberLogits));
            }
        }

        offset = 0;
        var rows = new double[labels.Length][];
        for (var image = 0; image < rows.Length; image++)
        {
            var label = labels[image];
            if (label < 0 || label >= classCount)
            {
                throw new ArgumentException($"label {image} is {label}, not 0 to {classCount - 1}", nameof(labels));
            }

            var start = image * classCount;
            double[] logs = [.. memberLogits.Select(member => LogProbability(member.Span.Slice(start, classCount), label, temperature))];
            if (!logs.All(double.IsFinite))
            {
                throw new ArgumentException($"image {image} has a logit that is not a finite number", nameof(memberLogits));
            }

            var largest = logs.Max();
            rows[image] = [.. logs.Select(log => Math.Exp(log - largest))];
            offset -= largest / rows.Length;
        }

        return rows;
    }

    // w_m <- (1/N) sum_i w_m p_mi / sum_k w_k p_ki, and the NLL before it.
    private static (double[] Weights, double Nll) Step(double[][] likelihoods, double[] weights)
    {
        var next = new double[weights.Length];
        var nll = 0.0;
        foreach (var row in likelihoods)
        {
            var total = 0.0;
            for (var member = 0; member < weights.Length; member++)
            {
                total += weights[member] * row[member];
            }

            nll -= Math.Log(total);
            for (var member = 0; member < weights.Length; member++)
            {
                next[member] += weights[member] * row[member] / total;
            }
        }

        var sum = next.Sum();
        return ([.. next.Select(weight => weight / sum)], nll / likelihoods.Length);
    }

    private static double LogProbability(ReadOnlySpan<float> logits, int label, double temperature)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit / temperature);
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp((logit / temperature) - largest);
        }

        return (logits[label] / temperature) - largest - Math.Log(sum);
    }
}
