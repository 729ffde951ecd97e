using Ensemble.Plots;
using Ensemble.Runs;

namespace Ensemble.Experiments;

/// <summary>Hard against soft labels on a small share of the images, on one data set.</summary>
/// <param name="dataset">Its name, for people.</param>
public sealed class RegularisationTest(string dataset)
{
    private readonly List<LearningCurve> _hard = [];
    private readonly List<LearningCurve> _soft = [];
    private readonly List<double> _all = [];

    /// <summary>Adds one seed.</summary>
    /// <param name="hard">Hard labels of the share.</param>
    /// <param name="soft">Soft targets of the same images.</param>
    public void Add(LearningCurve hard, LearningCurve soft)
    {
        _hard.Add(hard);
        _soft.Add(soft);
    }

    /// <summary>Adds the accuracy with hard labels of all images, in percent.</summary>
    public void AddAll(double accuracy) => _all.Add(accuracy);

    /// <summary>The table's rows.</summary>
    /// <param name="withPaper">Whether the paper's values, of its speech data, stand beside them.</param>
    public IEnumerable<Measurement> Rows(bool withPaper)
    {
        Measurement Row(string what, string paper, IEnumerable<double> values) => new() { What = $"{dataset}: {what}", Paper = withPaper ? paper : null, Unit = "%", Values = [.. values.Select(value => Math.Round(value, 2))] };
        Measurement[] rows =
        [
            Row("hard labels of all images, the teachers", "58.9", _all),
            Row("hard labels of 3%, training accuracy", "-", _hard.Select(curve => curve.LastTraining)),
            Row("hard labels of 3%, last epoch", "-", _hard.Select(curve => curve.Last)),
            Row("hard labels of 3%, stopped early", "44.5", _hard.Select(curve => curve.Stopped)),
            Row("soft targets of 3%, training accuracy", "-", _soft.Select(curve => curve.LastTraining)),
            Row("soft targets of 3%, last epoch", "57.0", _soft.Select(curve => curve.Last)),
        ];
        return rows.Where(row => row.Values.Count > 0);
    }

    /// <summary>Whether soft targets make up for the data that are missing, and for early stopping.</summary>
    public IEnumerable<Verdict> Verdicts()
    {
        if (_all.Count == 0 || _hard.Count == 0)
        {
            yield break;
        }

        double[] soft = [.. _soft.Select(curve => curve.Last)];
        yield return Experiments.Verdicts.More($"{dataset}: with soft targets 3% of the images give more than with hard labels stopped early", soft, [.. _hard.Select(curve => curve.Stopped)], "hard labels, stopped early");
        var (all, hard) = (_all.Average(), _hard.Average(curve => curve.Stopped));
        yield return new Verdict(
            $"{dataset}: soft targets of 3% come near to what all labels give",
            all > hard && soft.Average() >= hard + (0.8 * (all - hard)),
            all <= hard ? FormattableString.Invariant($"all labels give {all:0.0}%, no more than {hard:0.0}%") : FormattableString.Invariant($"{100 * (soft.Average() - hard) / (all - hard):0}% of the way from {hard:0.0}% to {all:0.0}%; the paper's 57.0 is 87% of its way"));
        var lost = _soft.Average(curve => (100 * curve.Test.Max(entry => entry.Accuracy!.Value)) - curve.Last);
        var lostWithout = _hard.Average(curve => (100 * curve.Test.Max(entry => entry.Accuracy!.Value)) - curve.Last);
        yield return new Verdict($"{dataset}: soft targets need no early stopping", lost < 1, FormattableString.Invariant($"the last epoch is {lost:0.00} points below the best; with hard labels {lostWithout:0.00}"));
    }

    /// <summary>The curves of the first seed.</summary>
    public NamedFigure Figure() => new(
        $"{dataset.ToLowerInvariant()}.svg",
        $"accuracy on {dataset} by epoch, with hard labels and with soft targets of 3% of the images",
        TrainingCurves.Draw(
            [
                new TrainingCurve { Name = "hard labels, training", Role = ModelRole.Baseline, Entries = _hard[0].Training },
                new TrainingCurve { Name = "hard labels, test", Role = ModelRole.Teacher, Entries = _hard[0].Test },
                new TrainingCurve { Name = "soft targets, training", Role = ModelRole.Ensemble, Entries = _soft[0].Training },
                new TrainingCurve { Name = "soft targets, test", Role = ModelRole.Student, Entries = _soft[0].Test },
            ],
            new TrainingCurvesOptions { Title = $"{dataset}, 3% of the images" }));
}
