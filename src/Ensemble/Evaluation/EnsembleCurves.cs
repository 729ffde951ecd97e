using Ensemble.Data;
using Ensemble.Measurement;
using Ensemble.Teachers;

namespace Ensemble.Evaluation;

/// <summary>Measures ensembles of every size that a set of members allows.</summary>
public static class EnsembleCurves
{
    /// <summary>Measures accuracy and NLL against size, and how far members differ.</summary>
    /// <param name="members">Each member's logits of the same split; at least one.</param>
    /// <param name="split">The data set that they are answers to.</param>
    /// <param name="averaging">How members are averaged; the fitted mean counts as the arithmetic one, for its weights are of the whole.</param>
    /// <param name="maximumSubsets">
    /// The most ensembles of a size that are measured, at least 1: all where there are no more, else as many different ones,
    /// drawn from a fixed stream.
    /// </param>
    /// <exception cref="ArgumentException">There are no members, or their sizes disagree.</exception>
    public static EnsembleCurve Measure(IReadOnlyList<SplitLogits> members, ImageDataset split, Averaging averaging, int maximumSubsets = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSubsets, 1);
        if (members.Count == 0)
        {
            throw new ArgumentException("needs at least one member", nameof(members));
        }

        var mean = averaging == Averaging.Fitted ? Averaging.Arithmetic : averaging;
        var disagreement = Disagreement(members);
        return new EnsembleCurve
        {
            Points = [.. Enumerable.Range(1, members.Count).Select(size => Point(members, split, mean, size, maximumSubsets))],
            MemberAccuracies = [.. members.Select(member => Evaluator.Measure(member, split).Accuracy)],
            Disagreement = disagreement,
            MeanDisagreement = members.Count == 1 ? null : disagreement.Sum(row => row.Sum()) / (members.Count * (members.Count - 1)),
        };
    }

    private static EnsembleCurvePoint Point(IReadOnlyList<SplitLogits> members, ImageDataset split, Averaging averaging, int size, int maximumSubsets)
    {
        var isAll = CountSubsets(members.Count, size, maximumSubsets) <= maximumSubsets;
        var subsets = isAll ? AllSubsets(members.Count, size).ToArray() : DrawSubsets(members.Count, size, maximumSubsets);
        var measured = subsets.Select(Measure).ToArray();
        var inOrder = Measure([.. Enumerable.Range(0, size)]);
        return new EnsembleCurvePoint
        {
            Size = size,
            InOrderAccuracy = inOrder.Accuracy,
            InOrderNll = inOrder.Nll,
            Subsets = subsets.Length,
            AllSubsets = isAll,
            MeanAccuracy = measured.Average(metrics => metrics.Accuracy),
            MinimumAccuracy = measured.Min(metrics => metrics.Accuracy),
            MaximumAccuracy = measured.Max(metrics => metrics.Accuracy),
            MeanNll = measured.Average(metrics => metrics.Nll),
        };

        ClassificationMetrics Measure(int[] subset) =>
            Evaluator.Measure(Evaluator.Average([.. subset.Select(member => members[member])], averaging), split);
    }

    private static double[][] Disagreement(IReadOnlyList<SplitLogits> members)
    {
        var matrix = members.Select(_ => new double[members.Count]).ToArray();
        for (var first = 0; first < members.Count; first++)
        {
            for (var second = first + 1; second < members.Count; second++)
            {
                matrix[first][second] = matrix[second][first] = 1 - Evaluator.Compare(members[first], members[second]).Agreement;
            }
        }

        return matrix;
    }

    // The binomial coefficient, or any number above the limit where it passes that.
    private static double CountSubsets(int count, int size, int limit)
    {
        var subsets = 1.0;
        for (var taken = 1; taken <= Math.Min(size, count - size) && subsets <= limit; taken++)
        {
            subsets = subsets * (count - taken + 1) / taken;
        }

        return Math.Round(subsets);
    }

    private static IEnumerable<int[]> AllSubsets(int count, int size)
    {
        var subset = Enumerable.Range(0, size).ToArray();
        while (true)
        {
            yield return [.. subset];
            var moved = size - 1;
            while (moved >= 0 && subset[moved] == count - size + moved)
            {
                moved--;
            }

            if (moved < 0)
            {
                yield break;
            }

            subset[moved]++;
            for (var next = moved + 1; next < size; next++)
            {
                subset[next] = subset[next - 1] + 1;
            }
        }
    }

    private static int[][] DrawSubsets(int count, int size, int wanted)
    {
        var random = new RandomStream(0, "evaluation/subsets", (ulong)size);
        var drawn = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        while (drawn.Count < wanted)
        {
            int[] subset = [.. random.Permutation(count).Take(size).Order()];
            drawn[string.Join(',', subset)] = subset;
        }

        return [.. drawn.Values];
    }
}
