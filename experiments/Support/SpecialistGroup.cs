using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Pipeline;
using Ensemble.Teachers.Specialists;

namespace Ensemble.Experiments;

/// <summary>A generalist and specialists that answer together.</summary>
/// <param name="classCount">The generalist's classes.</param>
/// <param name="specialists">Each with its network.</param>
public sealed class SpecialistGroup(int classCount, IReadOnlyList<(Specialist Specialist, WorkbenchNetwork Network)> specialists)
{
    /// <summary>How many specialists have a class.</summary>
    public int Covering(int label) => specialists.Count(entry => entry.Specialist.Classes.Contains(label));

    /// <summary>The combined answers, as log-probabilities: each image asks the specialists that have the generalist's best class.</summary>
    /// <param name="generalist">The generalist's answers.</param>
    /// <param name="ask">Gives a specialist's answers about the same images.</param>
    public SplitLogits Combine(SplitLogits generalist, Func<WorkbenchNetwork, SplitLogits> ask)
    {
        var answers = specialists.Select(entry => ask(entry.Network)).ToArray();
        var combined = new float[generalist.Count * classCount];
        for (var image = 0; image < generalist.Count; image++)
        {
            var probabilities = Probabilities(generalist.Values.Span.Slice(image * classCount, classCount));
            var best = Array.IndexOf(probabilities, probabilities.Max());
            var asked = new List<(IReadOnlyList<int> Classes, double[] Probabilities)>();
            for (var place = 0; place < specialists.Count; place++)
            {
                var specialist = specialists[place].Specialist;
                if (specialist.Classes.Contains(best))
                {
                    var width = specialist.Classes.Count + 1;
                    asked.Add((specialist.Classes, specialist.Correct(answers[place].Values.Span.Slice(image * width, width))));
                }
            }

            var q = SpecialistInference.Combine(probabilities, asked);
            for (var label = 0; label < classCount; label++)
            {
                combined[(image * classCount) + label] = (float)Math.Log(Math.Max(q[label], 1e-12));
            }
        }

        return new SplitLogits(combined, classCount);
    }

    /// <summary>The share of images that are classified right, in percent, among those whose class so many specialists have.</summary>
    /// <returns>For each number of specialists that some class has: the number, its images, those that are right.</returns>
    public IReadOnlyList<(int Covering, int Images, int Right)> ByCoverage(SplitLogits answers, ImageDataset split) =>
    [
        .. Enumerable.Range(0, split.Count)
            .GroupBy(image => Covering(split.Labels.Span[image]))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Count(), group.Count(image => Best(answers.Values.Span.Slice(image * classCount, classCount)) == split.Labels.Span[image]))),
    ];

    /// <summary>How many answers about the same images became right, and how many wrong.</summary>
    /// <param name="before">The answers before.</param>
    /// <param name="after">The answers after.</param>
    /// <param name="split">The images.</param>
    public (int Mended, int Spoiled) Moved(SplitLogits before, SplitLogits after, ImageDataset split)
    {
        var right = Enumerable.Range(0, split.Count).Select(image => (Before: IsRight(before, image), After: IsRight(after, image))).ToArray();
        return (right.Count(answer => !answer.Before && answer.After), right.Count(answer => answer.Before && !answer.After));

        bool IsRight(SplitLogits answers, int image) => Best(answers.Values.Span.Slice(image * classCount, classCount)) == split.Labels.Span[image];
    }

    private static int Best(ReadOnlySpan<float> row)
    {
        var best = 0;
        for (var label = 1; label < row.Length; label++)
        {
            best = row[label] > row[best] ? label : best;
        }

        return best;
    }

    private static double[] Probabilities(ReadOnlySpan<float> logits)
    {
        var largest = logits[Best(logits)];
        var powers = new double[logits.Length];
        for (var label = 0; label < logits.Length; label++)
        {
            powers[label] = Math.Exp(logits[label] - largest);
        }

        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
