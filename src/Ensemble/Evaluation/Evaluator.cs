using Ensemble.Data;
using Ensemble.Measurement;
using Ensemble.Teachers;
using TorchSharp;

namespace Ensemble.Evaluation;

/// <summary>Runs models over a split and measures their answers. Everything computes in float32.</summary>
public static class Evaluator
{
    /// <summary>What a network answers on every image.</summary>
    /// <param name="network">From [B, C, H, W] float32 normalised images to [B, classes] logits; its mode is as before afterwards.</param>
    /// <param name="split">The images, as they are, on the network's device.</param>
    public static SplitLogits Run(torch.nn.Module<torch.Tensor, torch.Tensor> network, ResidentDataset split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return Run(network, split, new SampleRange { First = 0, Count = split.Count });
    }

    /// <summary>What a network answers on some of the images.</summary>
    /// <param name="network">From [B, C, H, W] float32 normalised images to [B, classes] logits; its mode is as before afterwards.</param>
    /// <param name="split">The images, as they are, on the network's device.</param>
    /// <param name="range">Which of them; at least one.</param>
    internal static SplitLogits Run(torch.nn.Module<torch.Tensor, torch.Tensor> network, ResidentDataset split, SampleRange range)
    {
        var wasTraining = network.training;
        network.eval();
        var values = new List<float>();
        var classCount = 0;
        using (torch.no_grad())
        {
            foreach (var indices in Enumerable.Range(range.First, range.Count).Chunk(InferenceBatch.SizeOn(split.Device)))
            {
                using var scope = torch.NewDisposeScope();
                using var batch = split.Gather(indices);
                var logits = network.call(batch.Images).to(torch.ScalarType.Float32).cpu().contiguous();
                classCount = (int)logits.size(1);
                values.AddRange(logits.data<float>().ToArray());
            }
        }

        network.train(wasTraining);
        return new SplitLogits(values.ToArray(), classCount);
    }

    /// <summary>The averaged answer of an ensemble on every image, as log-probabilities.</summary>
    /// <param name="members">Each member's logits of the same split; at least one.</param>
    /// <param name="averaging">How members are averaged.</param>
    /// <param name="weights">The members' weights, with sum 1; null for equal ones. The fitted mean needs them.</param>
    /// <param name="temperature">What each member is softened by before the average, above 0; 1 for the answers as they are.</param>
    public static SplitLogits Average(IReadOnlyList<SplitLogits> members, Averaging averaging, IReadOnlyList<double>? weights = null, double temperature = 1)
    {
        using var scope = torch.NewDisposeScope();
        var stacked = torch.stack(members.Select(member => member.ToTensor()));
        var average = EnsembleAverage.LogProbabilities(stacked, temperature, averaging, weights).contiguous();
        return new SplitLogits(average.data<float>().ToArray(), members[0].ClassCount);
    }

    /// <summary>Accuracy, NLL, calibration and accuracy by class.</summary>
    /// <param name="logits">A model's answers.</param>
    /// <param name="split">The data set that they are answers to.</param>
    public static ClassificationMetrics Measure(SplitLogits logits, ImageDataset split)
    {
        var accumulator = new ClassificationAccumulator(split.ClassCount);
        accumulator.Add(logits.Values.Span, split.Labels.Span);
        return accumulator.ToMetrics();
    }

    /// <summary>How far a model's answers are from another's.</summary>
    /// <param name="reference">The answers to be near: the ensemble's.</param>
    /// <param name="candidate">The answers that are compared.</param>
    public static DistributionComparison Compare(SplitLogits reference, SplitLogits candidate)
    {
        var accumulator = new DistributionAccumulator(reference.ClassCount);
        accumulator.Add(reference.Values.Span, candidate.Values.Span);
        return accumulator.ToComparison();
    }
}
