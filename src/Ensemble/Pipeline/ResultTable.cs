using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Runs;
using Ensemble.Teachers;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Turns trained models into the records of results.json: teachers, their ensemble, baseline, student.</summary>
internal sealed class ResultTable(ImageDataset test, Averaging averaging, torch.Device device)
{
    /// <summary>Measures every model on the test split.</summary>
    /// <param name="models">Teachers first, then baseline, then student.</param>
    /// <param name="resident">The test split on the device, as it is.</param>
    public IReadOnlyList<ResultRecord> Measure(IReadOnlyList<TrainedModel> models, ResidentDataset resident)
    {
        var answers = models.Select(model => Evaluator.Run(model.Network, resident)).ToArray();
        var teachers = models.Where(model => model.Plan.Role == ModelRole.Teacher).ToArray();
        var ensemble = Evaluator.Average(answers[..teachers.Length], averaging);
        var ensembleMetrics = Evaluator.Measure(ensemble, test);
        var baseline = Array.FindIndex([.. models], model => model.Plan.Role == ModelRole.Baseline);
        var baselineAccuracy = Evaluator.Measure(answers[baseline], test).Accuracy;
        var records = models.Select((model, position) =>
        {
            var metrics = Evaluator.Measure(answers[position], test);
            var gain = model.Plan.Role == ModelRole.Student ? GainKept.Measure(metrics.Accuracy, baselineAccuracy, ensembleMetrics.Accuracy) : null;
            return Record(model, metrics, Evaluator.Compare(ensemble, answers[position]), gain);
        }).ToList();
        records.Insert(teachers.Length, RecordEnsemble(records[..teachers.Length], ensembleMetrics));
        return records;
    }

    private ResultRecord Record(TrainedModel model, ClassificationMetrics metrics, DistributionComparison comparison, double? gainKept) => new()
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
        Agreement = comparison.Agreement,
        KlToEnsemble = comparison.MeanKl,
        GainKept = gainKept,
        TrainSeconds = model.Record.TrainSeconds,
        Latency = new LatencyRecord
        {
            Batch1Milliseconds = LatencyMeter.MedianMilliseconds(model.Network, test.Shape, 1, device),
            Batch128Milliseconds = LatencyMeter.MedianMilliseconds(model.Network, test.Shape, 128, device),
        },
    };

    // The ensemble costs what its members cost, one after another.
    private static ResultRecord RecordEnsemble(IReadOnlyList<ResultRecord> members, ClassificationMetrics metrics) => members[0] with
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
        Latency = new LatencyRecord
        {
            Batch1Milliseconds = members.Sum(member => member.Latency!.Batch1Milliseconds),
            Batch128Milliseconds = members.Sum(member => member.Latency!.Batch128Milliseconds),
        },
    };
}
