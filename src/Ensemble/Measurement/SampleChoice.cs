namespace Ensemble.Measurement;

/// <summary>Chooses images to be shown by a rule, so that nobody picks the flattering ones.</summary>
public static class SampleChoice
{
    /// <summary>
    /// Chooses as many images for each reason that can be had. Within a reason the strongest come first, each of another true class
    /// while there are such; no image is chosen twice.
    /// </summary>
    /// <param name="labels">[N] the true classes.</param>
    /// <param name="ensemble">The ensemble's answers; null without one.</param>
    /// <param name="student">The student's answers, or those of a network that was trained alone.</param>
    /// <param name="baseline">The answers of the student's network without teachers; null without one.</param>
    /// <param name="count">Images, at least 1; fewer where the reasons have no more.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a label is out of range.</exception>
    public static IReadOnlyList<ChosenSample> Choose(
        IReadOnlyList<int> labels, ModelAnswers? ensemble, ModelAnswers student, ModelAnswers? baseline, int count = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ClassMeans.RequireLabels(student, labels);
        if (ensemble is not null) ClassMeans.RequireLabels(ensemble, labels);
        if (baseline is not null) ClassMeans.RequireLabels(baseline, labels);
        var groups = new List<(SampleReason Reason, Func<int, double?> Strength)>();
        if (baseline is not null)
        {
            groups.Add((SampleReason.Learnt, image => baseline.Top1(image) != labels[image] && student.Top1(image) == labels[image]
                ? student.Probabilities(image)[labels[image]] - baseline.Probabilities(image)[labels[image]]
                : null));
        }

        groups.Add(ensemble is null
            ? (SampleReason.Wrong, image => student.Top1(image) != labels[image] ? student.Probabilities(image).Max() : null)
            : (SampleReason.Lost, image => ensemble.Top1(image) == labels[image] && student.Top1(image) != labels[image] ? student.Probabilities(image).Max() : null));
        groups.Add((SampleReason.Confused, image => Entropy((ensemble ?? student).Probabilities(image))));
        return Take(labels, groups, count);
    }

    private static List<ChosenSample> Take(IReadOnlyList<int> labels, List<(SampleReason Reason, Func<int, double?> Strength)> groups, int count)
    {
        var chosen = new List<ChosenSample>();
        foreach (var ((reason, strength), place) in groups.Select((group, place) => (group, place)))
        {
            var wanted = (count * (place + 1) / groups.Count) - chosen.Count;
            var candidates = Enumerable.Range(0, labels.Count)
                .Select(image => (Image: image, Strength: strength(image)))
                .Where(candidate => candidate.Strength is not null && chosen.All(taken => taken.Image != candidate.Image))
                .OrderByDescending(candidate => candidate.Strength)
                .Select(candidate => candidate.Image)
                .ToArray();
            var first = candidates.DistinctBy(image => labels[image]).ToArray();
            chosen.AddRange(first.Concat(candidates.Except(first)).Take(wanted).Select(image => new ChosenSample(image, reason)));
        }

        return chosen;
    }

    private static double Entropy(double[] probabilities) => -probabilities.Sum(probability => probability > 0 ? probability * Math.Log(probability) : 0);
}
