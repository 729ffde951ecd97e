using Ensemble.Data;
using Ensemble.Graphs;
using Ensemble.Storage;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Export.Quantisation;

/// <summary>
/// Quantisation-aware distillation: the weights learn, with every rounding in the forward pass, to give the logits that the
/// float32 original gives.
/// </summary>
/// <remarks>
/// The loss is the mean squared difference of logits (Hinton et al. 2015, section 2.1: distillation at a high temperature); no
/// label is read. Rounding passes gradients as if it were not there, and clipping stops them (Bengio et al. 2013, arXiv
/// 1308.3432; Jacob et al. 2017, arXiv 1712.05877). Activation ranges stay as calibrated; weight scales follow the weights.
/// </remarks>
internal static class QuantisationTuning
{
    private const int BatchSize = 64;
    private const double LearningRate = 2e-4;

    /// <summary>Tunes.</summary>
    /// <param name="graph">From normalised images to logits, in float32, batch norms folded.</param>
    /// <param name="values">Which values become bytes.</param>
    /// <param name="ranges">The ranges of those values.</param>
    /// <param name="original">The network that the graph is of, in eval mode.</param>
    /// <param name="train">Training images.</param>
    /// <param name="steps">Batches of 64, at least 1; the learning rate falls from 2e-4 to 0 over them.</param>
    /// <param name="seed">The order of the images.</param>
    /// <returns>The graph with other weights and biases.</returns>
    public static NetworkGraph Apply(
        NetworkGraph graph,
        QuantisedValues values,
        IReadOnlyDictionary<string, ValueRange> ranges,
        torch.nn.Module<torch.Tensor, torch.Tensor> original,
        ResidentDataset train,
        int steps,
        ulong seed)
    {
        using var module = new GraphModule(graph)
        {
            Transformation = (name, value) => values.Names.Contains(name) ? RoundActivation(value, ranges[values.RangeOf(name)]) : value,
        };
        var weighted = graph.Nodes.Where(node => node.Operator is "Conv" or "Gemm").ToArray();
        var weights = weighted.Select(node => node.Inputs[1]).Distinct().ToArray();
        var parameters = weighted.SelectMany(node => node.Inputs.Skip(1)).Distinct().ToDictionary(name => name, name => ToParameter(graph.Constants[name]));
        try
        {
            using var optimizer = torch.optim.Adam(parameters.Values, LearningRate);
            var sequence = new BatchSequence(train, BatchSize, seed, new ViewOptions());
            var step = 0;
            foreach (var batch in Enumerable.Range(0, int.MaxValue).SelectMany(epoch => sequence.Epoch(epoch)).Take(steps))
            {
                using var owned = batch;
                foreach (var group in optimizer.ParamGroups)
                {
                    group.LearningRate = LearningRate * (1 - ((double)step / steps));
                }

                Step(module, original, batch, parameters, weights, optimizer);
                step++;
            }

            return graph with { Constants = graph.Constants.ToDictionary(pair => pair.Key, pair => parameters.TryGetValue(pair.Key, out var tuned) ? ToConstant(pair.Value, tuned) : pair.Value) };
        }
        finally
        {
            foreach (var parameter in parameters.Values)
            {
                parameter.Dispose();
            }
        }
    }

    private static void Step(
        GraphModule module,
        torch.nn.Module<torch.Tensor, torch.Tensor> original,
        Batch batch,
        Dictionary<string, Parameter> parameters,
        string[] weights,
        torch.optim.Optimizer optimizer)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor targets;
        using (torch.no_grad())
        {
            targets = original.call(batch.Images);
        }

        foreach (var (name, parameter) in parameters)
        {
            module.Replace(name, weights.Contains(name) ? RoundWeights(parameter) : parameter);
        }

        var loss = module.call(batch.Images).sub(targets).square().mean();
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
    }

    private static torch.Tensor RoundActivation(torch.Tensor value, ValueRange range)
    {
        var (scale, zeroPoint) = (range.Scale, range.ZeroPoint);
        var clipped = value.clamp(-zeroPoint * scale, (byte.MaxValue - zeroPoint) * scale);
        return PassGradient(clipped, clipped.detach().div(scale).round().mul(scale));
    }

    // As QdqQuantiser rounds them: 127 steps to the largest of each output channel.
    private static torch.Tensor RoundWeights(torch.Tensor weights)
    {
        var fixedWeights = weights.detach();
        var largest = fixedWeights.abs().reshape(fixedWeights.shape[0], -1).amax(1);
        var scale = largest.div(sbyte.MaxValue).clamp(1e-12).reshape([fixedWeights.shape[0], .. Enumerable.Repeat(1L, (int)weights.dim() - 1)]);
        return PassGradient(weights, fixedWeights.div(scale).round().mul(scale));
    }

    // The rounded value, with the gradient of the one that was not.
    private static torch.Tensor PassGradient(torch.Tensor value, torch.Tensor rounded) => value.add(rounded.sub(value.detach()));

    private static Parameter ToParameter(TensorRecord constant)
    {
        using var scope = torch.NewDisposeScope();
        var parameter = new Parameter(torch.tensor(ConstantData.ToFloats(constant)).reshape([.. constant.Shape]));
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    private static TensorRecord ToConstant(TensorRecord constant, Parameter tuned)
    {
        using var scope = torch.NewDisposeScope();
        return ConstantData.Of(constant.Name, tuned.detach().contiguous().data<float>().ToArray(), [.. constant.Shape]);
    }
}
