namespace Ensemble.Measurement;

/// <summary>What a model answers on the images of a class, in the mean: where the probability goes that the true class does not
/// get.</summary>
public sealed class ClassMeans
{
    private ClassMeans(double[]?[] rows) => Rows = rows;

    /// <summary>[true class][class] the mean probability over the images of the true class, each row with sum 1; null for a class without
    /// images.</summary>
    public IReadOnlyList<IReadOnlyList<double>?> Rows { get; }

    /// <summary>Averages a model's answers.</summary>
    /// <param name="answers">What it answers.</param>
    /// <param name="labels">[N] the true classes, 0 to C - 1.</param>
    /// <param name="temperature">The temperature of the probabilities, above 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a label is out of range.</exception>
    public static ClassMeans Of(ModelAnswers answers, IReadOnlyList<int> labels, double temperature)
    {
        RequireLabels(answers, labels);
        var sums = Enumerable.Range(0, answers.ClassCount).Select(_ => new double[answers.ClassCount]).ToArray();
        var images = new int[answers.ClassCount];
        for (var image = 0; image < labels.Count; image++)
        {
            var (label, probabilities) = (labels[image], answers.Probabilities(image, temperature));
            images[label]++;
            for (var index = 0; index < probabilities.Length; index++)
            {
                sums[label][index] += probabilities[index];
            }
        }

        return new ClassMeans([.. sums.Select((row, label) => images[label] == 0 ? null : row.Select(sum => sum / images[label]).ToArray())]);
    }

    /// <summary>The other classes that get most of a class's probability, the most first.</summary>
    /// <param name="label">The true class.</param>
    /// <param name="count">How many, at least 0.</param>
    /// <returns>Classes with their mean probability; none for a class without images.</returns>
    public IReadOnlyList<(int Class, double Probability)> Leaks(int label, int count) => Rows[label] is not { } row
        ? []
        : [.. row.Select((probability, index) => (Class: index, Probability: probability)).Where(entry => entry.Class != label).OrderByDescending(entry => entry.Probability).Take(count)];

    internal static void RequireLabels(ModelAnswers answers, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != answers.Count) throw new ArgumentException($"{labels.Count} labels for {answers.Count} answers", nameof(labels));
        if (labels.Any(label => label < 0 || label >= answers.ClassCount)) throw new ArgumentException($"a label is not 0 to {answers.ClassCount - 1}", nameof(labels));
    }
}
