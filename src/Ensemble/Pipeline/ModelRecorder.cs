using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Runs;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Asks networks about a split and turns what they answer into records.</summary>
/// <param name="split">The images.</param>
/// <param name="normalisation">How they are normalised for the networks.</param>
/// <param name="device">Where the networks are.</param>
/// <param name="hourlyRate">Money for an hour of the device; null for none stated.</param>
internal sealed class ModelRecorder(ImageDataset split, ChannelStatistics normalisation, torch.Device device, double? hourlyRate)
{
    /// <summary>What each network answers.</summary>
    public SplitLogits[] Answers(IReadOnlyList<TrainedModel> models)
    {
        using var resident = new ResidentDataset(split, normalisation, AugmentationOptions.None, device);
        return Answers(models, resident);
    }

    /// <summary>What each network answers.</summary>
    /// <param name="models">The networks.</param>
    /// <param name="resident">The images on the device, as they are.</param>
    public static SplitLogits[] Answers(IReadOnlyList<TrainedModel> models, ResidentDataset resident) =>
        [.. models.Select(model => Evaluator.Run(model.Network, resident))];

    /// <summary>A network's record; its latency is measured here.</summary>
    /// <param name="model">The network.</param>
    /// <param name="metrics">How its answers fit the labels.</param>
    /// <param name="comparison">How near they are to the ensemble's; null without one.</param>
    /// <param name="gainKept">The share of the ensemble's gain that it keeps; null where that means nothing.</param>
    public ResultRecord Record(TrainedModel model, ClassificationMetrics metrics, DistributionComparison? comparison, double? gainKept) => new()
    {
        Name = model.Name,
        Role = model.Role,
        Architecture = model.Architecture,
        Parameters = model.Parameters,
        MultiplyAdds = model.MultiplyAdds,
        Bytes = model.Bytes,
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
        TrainSeconds = model.TrainSeconds,
        Cost = CostRecord.Of(model.TrainSeconds, hourlyRate),
        WeightsSha256 = model.WeightsSha256,
        Latency = new LatencyRecord
        {
            Batch1Milliseconds = LatencyMeter.MedianMilliseconds(model.Network, split.Shape, 1, device),
            Batch128Milliseconds = LatencyMeter.MedianMilliseconds(model.Network, split.Shape, 128, device),
        },
    };

    /// <summary>The record of an ensemble, which costs what its members cost, one after another.</summary>
    /// <param name="members">The members' records, at least one.</param>
    /// <param name="metrics">How the averaged answers fit the labels.</param>
    public ResultRecord RecordEnsemble(IReadOnlyList<ResultRecord> members, ClassificationMetrics metrics) => members[0] with
    {
        Name = $"ensemble of {members.Count}",
        Role = ModelRole.Ensemble,
        Architecture = string.Join(" + ", members.Select(member => member.Architecture).Distinct()),
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
        Cost = CostRecord.Of(members.Sum(member => member.TrainSeconds), hourlyRate),
        WeightsSha256 = null,
        Latency = new LatencyRecord
        {
            Batch1Milliseconds = members.Sum(member => member.Latency!.Batch1Milliseconds),
            Batch128Milliseconds = members.Sum(member => member.Latency!.Batch128Milliseconds),
        },
    };
}
