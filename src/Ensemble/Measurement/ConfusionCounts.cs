namespace Ensemble.Measurement;

/// <summary>Which classes are taken for which.</summary>
public sealed class ConfusionCounts
{
    private ConfusionCounts(long[][] counts) => Counts = counts;

    /// <summary>[true class][answer], images.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Counts { get; }

    /// <summary>Counts a model's answers.</summary>
    /// <param name="answers">What it answers.</param>
    /// <param name="labels">[N] the true classes, 0 to C - 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a label is out of range.</exception>
    public static ConfusionCounts Of(ModelAnswers answers, IReadOnlyList<int> labels)
    {
        ClassMeans.RequireLabels(answers, labels);
        var counts = Enumerable.Range(0, answers.ClassCount).Select(_ => new long[answers.ClassCount]).ToArray();
        for (var image = 0; image < labels.Count; image++)
        {
            counts[labels[image]][answers.Top1(image)]++;
        }

        return new ConfusionCounts(counts);
    }

    /// <summary>The most frequent wrong answers, the most frequent first; among equals, the lowest classes.</summary>
    /// <param name="count">How many, at least 0.</param>
    public IReadOnlyList<(int Label, int Answer, long Images)> Largest(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Counts
            .SelectMany((row, label) => row.Select((images, answer) => (Label: label, Answer: answer, Images: images)))
            .Where(cell => cell.Label != cell.Answer && cell.Images > 0)
            .OrderByDescending(cell => cell.Images)
            .Take(count)];
    }
}
