using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>Turns trained models into the records of results.json: teachers, their ensemble, baseline, student.</summary>
/// <param name="context">The run.</param>
internal sealed class ResultTable(RunContext context)
{
    private readonly ImageDataset _test = context.Splits.Test;

    /// <summary>Measures every model on the test images.</summary>
    /// <param name="models">Teachers first, if there are any, then baseline, then student.</param>
    public IReadOnlyList<ResultRecord> Measure(IReadOnlyList<TrainedModel> models)
    {
        var answers = Answers(models, _test);
        var teachers = models.Count(model => model.Plan.Role == ModelRole.Teacher);
        var ensemble = teachers == 0 ? null : Evaluator.Average(answers[..teachers], context.Recipe.ObjectiveOptions.Averaging);
        var ensembleMetrics = ensemble is null ? null : Evaluator.Measure(ensemble, _test);
        var baselineAccuracy = Evaluator.Measure(answers[teachers], _test).Accuracy;
        var validation = Validate(models, teachers);
        var records = models.Select((model, position) =>
        {
            var metrics = Evaluator.Measure(answers[position], _test);
            var gain = model.Plan.Role == ModelRole.Student ? GainKept.Measure(metrics.Accuracy, baselineAccuracy, ensembleMetrics!.Accuracy) : null;
            var comparison = ensemble is null ? null : Evaluator.Compare(ensemble, answers[position]);
            return Record(model, metrics, comparison, gain) with { ValidationAccuracy = validation?[position] };
        }).ToList();
        if (ensembleMetrics is not null)
        {
            records.Insert(teachers, RecordEnsemble(records[..teachers], ensembleMetrics) with { ValidationAccuracy = validation?[^1] });
        }

        return records;
    }

    private SplitLogits[] Answers(IReadOnlyList<TrainedModel> models, ImageDataset split)
    {
        using var resident = new ResidentDataset(split, context.Normalisation, AugmentationOptions.None, context.Device);
        return [.. models.Select(model => Evaluator.Run(model.Network, resident))];
    }

    // Every model's accuracy on the validation images, and the ensemble's last where there is one; null without such images.
    private double[]? Validate(IReadOnlyList<TrainedModel> models, int teachers)
    {
        if (context.Splits.Validation is not { } validation)
        {
            return null;
        }

        var answers = Answers(models, validation);
        IEnumerable<SplitLogits> ensemble = teachers == 0 ? [] : [Evaluator.Average(answers[..teachers], context.Recipe.ObjectiveOptions.Averaging)];
        return [.. answers.Concat(ensemble).Select(logits => Evaluator.Measure(logits, validation).Accuracy)];
    }

    private ResultRecord Record(TrainedModel model, ClassificationMetrics metrics, DistributionComparison? comparison, double? gainKept) => new()
    {
        Name = model.Plan.Role == ModelRole.Teacher ? $"teacher {model.Plan.Index + 1}" : model.Plan.Name,
        Role = model.Plan.Role,
        Architecture = model.Plan.Architecture,
        Parameters = model.Record.Parameters,
        MultiplyAdds = model.Record.MultiplyAdds,
        Bytes = new FileInfo(Path.Combine(model.Plan.Folder, ModelFile.WeightsName)).Length,
        Accuracy = metrics.Accuracy,
        AccuracyLow = metrics.AccuracyLow,
        AccuracyHigh = metrics.AccuracyHigh,
        Errors = metrics.Errors,
        Count = metrics.Count,
        Nll = metrics.Nll,
        Ece = metrics.Ece,
        PerClassAccuracy = metrics.PerClassAccuracy,
        Agreement = comparison?.Agreement,
        KlToEnsemble = comparison?.MeanKl,
        GainKept = gainKept,
        TrainSeconds = model.Record.TrainSeconds,
        Cost = CostRecord.Of(model.Record.TrainSeconds, context.Settings.HourlyRate),
        WeightsSha256 = model.Record.WeightsSha256,
        Latency = new LatencyRecord
        {
            Batch1Milliseconds = LatencyMeter.MedianMilliseconds(model.Network, _test.Shape, 1, context.Device),
            Batch128Milliseconds = LatencyMeter.MedianMilliseconds(model.Network, _test.Shape, 128, context.Device),
        },
    };

    // The ensemble costs what its members cost, one after another.
    private ResultRecord RecordEnsemble(IReadOnlyList<ResultRecord> members, ClassificationMetrics metrics) => members[0] with
    {
        Name = $"ensemble of {members.Count}",
        Role = ModelRole.Ensemble,
        Parameters = members.Sum(member => member.Parameters),
        MultiplyAdds = members.Sum(member => member.MultiplyAdds),
        Bytes = members.Sum(member => member.Bytes),
        Accuracy = metrics.Accuracy,
        AccuracyLow = metrics.AccuracyLow,
        AccuracyHigh = metrics.AccuracyHigh,
        Errors = metrics.Errors,
        Count = metrics.Count,
        Nll = metrics.Nll,
        Ece = metrics.Ece,
        PerClassAccuracy = metrics.PerClassAccuracy,
        Agreement = 1,
        KlToEnsemble = 0,
        TrainSeconds = members.Sum(member => member.TrainSeconds),
        Cost = CostRecord.Of(members.Sum(member => member.TrainSeconds), context.Settings.HourlyRate),
        WeightsSha256 = null,
        Latency = new LatencyRecord
        {
            Batch1Milliseconds = members.Sum(member => member.Latency!.Batch1Milliseconds),
            Batch128Milliseconds = members.Sum(member => member.Latency!.Batch128Milliseconds),
        },
    };
}
