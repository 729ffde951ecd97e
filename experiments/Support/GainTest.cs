using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Pipeline;
using Ensemble.Plots;
using Ensemble.Teachers;

namespace Ensemble.Experiments;

/// <summary>An ensemble by its size, and students of it, on one data set.</summary>
public sealed class GainTest
{
    private readonly string _dataset;
    private readonly Workbench _bench;
    private readonly ImageDataset _test;
    private readonly IReadOnlyList<SplitLogits> _answers;
    private readonly SortedDictionary<int, List<double>> _students = [];

    /// <param name="dataset">Its name, for people.</param>
    /// <param name="bench">Where the networks are.</param>
    /// <param name="members">The members.</param>
    /// <param name="test">The test images.</param>
    public GainTest(string dataset, Workbench bench, IReadOnlyList<WorkbenchNetwork> members, ImageDataset test)
    {
        (_dataset, _bench, _test) = (dataset, bench, test);
        _answers = [.. members.Select(member => bench.Ask(member, test))];
    }

    /// <summary>Adds a student of the first members.</summary>
    /// <param name="size">How many.</param>
    /// <param name="student">The student.</param>
    public void Add(int size, WorkbenchNetwork student)
    {
        var accuracy = 100 * Evaluator.Measure(_bench.Ask(student, _test), _test).Accuracy;
        (_students.TryGetValue(size, out var list) ? list : _students[size] = []).Add(accuracy);
    }

    private int Whole => _answers.Count;

    private double[] Singles => [.. _answers.Select(answers => 100 * Evaluator.Measure(answers, _test).Accuracy)];

    /// <summary>The table's rows.</summary>
    public IEnumerable<Measurement> Rows()
    {
        yield return Row("single", "58.9", Singles);
        yield return Row($"ensemble of {Whole}, arithmetic mean", "61.1", [Ensemble(Whole, Averaging.Arithmetic)]);
        yield return Row($"ensemble of {Whole}, geometric mean", null, [Ensemble(Whole, Averaging.Geometric)]);
        foreach (var (size, accuracies) in _students)
        {
            yield return Row($"distilled from {size}", size == Whole ? "60.8" : null, accuracies);
            if (KeptBy(size) is { Length: > 0 } kept)
            {
                yield return new Measurement { What = $"{_dataset}: share of that ensemble's gain kept", Paper = size == Whole ? "86" : null, Unit = "%", Values = [.. kept.Select(share => Math.Round(100 * share, 1))] };
            }
        }
    }

    /// <summary>Whether the ensemble gains, and one net keeps most of it.</summary>
    public IEnumerable<Verdict> Verdicts()
    {
        if (!_students.ContainsKey(Whole))
        {
            yield break;
        }

        yield return Experiments.Verdicts.More($"{_dataset}: the ensemble is better than a single net", [Ensemble(Whole, Averaging.Arithmetic)], Singles, "single");
        var kept = KeptBy(Whole);
        yield return new Verdict(
            $"{_dataset}: one net keeps more than 80% of the ensemble's gain",
            kept.Length > 0 && kept.Average() > 0.8,
            kept.Length > 0 ? FormattableString.Invariant($"{100 * kept.Average():0}% as a mean, {100 * kept.Min():0}% to {100 * kept.Max():0}%") : "there is no gain");
    }

    /// <summary>The ensemble by its size.</summary>
    public NamedFigure Figure() => new(
        $"{_dataset.ToLowerInvariant()}.svg",
        $"accuracy of ensembles on {_dataset} against their size",
        AccuracyAgainstEnsembleSize.Draw(EnsembleCurves.Measure(_answers, _test, Averaging.Arithmetic), new EnsembleSizeOptions { Title = $"{_dataset}, arithmetic mean" }));

    // Of each student; none where there is no gain.
    private double[] KeptBy(int size) => size == 1 ? [] :
    [
        .. _students[size].Select(student => GainKept.Measure(student / 100, Singles.Average() / 100, Ensemble(size, Averaging.Arithmetic) / 100)).OfType<double>(),
    ];

    private double Ensemble(int size, Averaging averaging) => 100 * Evaluator.Measure(Evaluator.Average([.. _answers.Take(size)], averaging), _test).Accuracy;

    private Measurement Row(string what, string? paper, IReadOnlyList<double> values) => new()
    {
        What = $"{_dataset}: {what}", Paper = paper, Unit = "%", Values = [.. values.Select(value => Math.Round(value, 2))],
    };
}
