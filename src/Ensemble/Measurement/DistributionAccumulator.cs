namespace Ensemble.Measurement;

/// <summary>Adds up batches of two classifiers' logits on the same images, and divides once.</summary>
public sealed class DistributionAccumulator
{
    private long _count;
    private long _agreements;
    private double _divergence;

    /// <summary>Starts at nothing compared.</summary>
    /// <param name="classCount">Classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 1.</exception>
    public DistributionAccumulator(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ClassCount = classCount;
    }

    /// <summary>Classes, at least 1.</summary>
    public int ClassCount { get; }

    /// <summary>Adds a batch. A batch that is refused leaves no trace.</summary>
    /// <param name="referenceLogits">[n, classes] float32, logits of p, the ensemble as a rule; log-probabilities will
    /// do.</param>
    /// <param name="candidateLogits">[n, classes] float32, logits of q, the student as a rule, for the same
    /// images.</param>
    /// <exception cref="ArgumentException">A logit is NaN or infinite (names its row), or the lengths
    /// disagree.</exception>
    public void Add(ReadOnlySpan<float> referenceLogits, ReadOnlySpan<float> candidateLogits)
    {
        var rows = Logits.RequireFiniteRows(referenceLogits, ClassCount, nameof(referenceLogits));
        if (Logits.RequireFiniteRows(candidateLogits, ClassCount, nameof(candidateLogits)) != rows)
        {
            throw new ArgumentException(
                $"{candidateLogits.Length / ClassCount} rows beside {rows} of the reference", nameof(candidateLogits));
        }

        for (var row = 0; row < rows; row++)
        {
            AddRow(
                referenceLogits.Slice(row * ClassCount, ClassCount),
                candidateLogits.Slice(row * ClassCount, ClassCount));
        }
    }

    /// <summary>Divides the sums.</summary>
    /// <returns>The comparison over everything added so far.</returns>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public DistributionComparison ToComparison() => _count == 0
        ? throw new InvalidOperationException("no images were compared")
        : new DistributionComparison
        {
            Count = _count,
            Agreement = (double)_agreements / _count,
            MeanKl = _divergence / _count,
        };

    private void AddRow(ReadOnlySpan<float> reference, ReadOnlySpan<float> candidate)
    {
        var referenceLogSum = Logits.LogSumExp(reference);
        var candidateLogSum = Logits.LogSumExp(candidate);
        var divergence = 0.0;
        for (var classIndex = 0; classIndex < reference.Length; classIndex++)
        {
            var referenceLog = reference[classIndex] - referenceLogSum;
            var candidateLog = candidate[classIndex] - candidateLogSum;
            divergence += Math.Exp(referenceLog) * (referenceLog - candidateLog);
        }

        _count++;
        _agreements += Logits.ArgMax(reference) == Logits.ArgMax(candidate) ? 1 : 0;
        // KL is never negative; rounding can make that of two equal distributions so.
        _divergence += Math.Max(0, divergence);
    }
}
