using Ensemble.Graphs;
using Ensemble.Storage;

namespace Ensemble.Export;

/// <summary>Removes what only scales and shifts a convolution's or linear layer's answer: it goes into the weights.</summary>
/// <remarks>
/// A batch norm behind a convolution in eval mode: w' = w s and b' = (b - mean) s + shift, with s = scale / sqrt(variance +
/// epsilon) for each channel, computed in double. Through a max pool between the two where every s is above 0: the largest
/// stays the largest. A batch norm behind a sum or another non-linear step has no weights to go into, and stays.
/// </remarks>
internal static class BatchNormFolding
{
    /// <summary>Folds all that can be folded.</summary>
    /// <param name="graph">A graph of float32.</param>
    /// <returns>A graph that computes the same, up to rounding.</returns>
    public static NetworkGraph Apply(NetworkGraph graph)
    {
        foreach (var output in graph.Nodes.Select(node => node.Output).ToArray())
        {
            // As it now stands: an earlier fold may have changed what the node is given.
            var node = graph.MakerOf(output)!;
            graph = node.Operator switch
            {
                "BatchNormalization" => Norm(graph, node),
                "Mul" => Factor(graph, node),
                _ => graph,
            };
        }

        return graph.WithoutUnusedConstants();
    }

    private static NetworkGraph Norm(NetworkGraph graph, GraphNode norm)
    {
        var (scale, shift) = ScaleAndShift(graph, norm);
        var source = graph.MakerOf(norm.Inputs[0]);
        if (source is { Operator: "MaxPool" } && scale.All(value => value > 0) && graph.OnlyUserOf(source.Output) == norm)
        {
            var pooled = graph.MakerOf(source.Inputs[0]);
            return pooled is { Operator: "Conv" } && graph.OnlyUserOf(pooled.Output) == source
                ? Merge(graph, pooled, norm, scale, shift)
                : graph;
        }

        return source is { Operator: "Conv" } && graph.OnlyUserOf(source.Output) == norm ? Merge(graph, source, norm, scale, shift) : graph;
    }

    // A linear layer's answer times one number.
    private static NetworkGraph Factor(NetworkGraph graph, GraphNode product)
    {
        var source = graph.MakerOf(product.Inputs[0]);
        var isOneNumber = graph.Constants.TryGetValue(product.Inputs[1], out var factor) && factor.Data.Length == sizeof(float);
        if (!isOneNumber || source is not { Operator: "Gemm" } || graph.OnlyUserOf(source.Output) != product)
        {
            return graph;
        }

        var count = (int)graph.Constants[source.Inputs[1]].Shape[0];
        var scale = Enumerable.Repeat((double)ConstantData.ToFloats(factor!)[0], count).ToArray();
        return Merge(graph, source, product, scale, new double[count]);
    }

    private static (double[] Scale, double[] Shift) ScaleAndShift(NetworkGraph graph, GraphNode norm)
    {
        var parts = norm.Inputs.Skip(1).Select(graph.Floats).ToArray();
        var epsilon = (double)norm.Number("epsilon", 1e-5f);
        var scale = parts[0].Select((value, channel) => value / Math.Sqrt(parts[3][channel] + epsilon)).ToArray();
        var shift = parts[1].Select((value, channel) => value - (parts[2][channel] * scale[channel])).ToArray();
        return (scale, shift);
    }

    // The weighted node scales and shifts by itself, and what did so is cut out.
    private static NetworkGraph Merge(NetworkGraph graph, GraphNode weighted, GraphNode removed, double[] scale, double[] shift)
    {
        var weights = graph.Constants[weighted.Inputs[1]];
        var values = ConstantData.ToFloats(weights);
        var perChannel = values.Length / scale.Length;
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = (float)(values[index] * scale[index / perChannel]);
        }

        var before = weighted.Inputs.Count > 2 ? graph.Floats(weighted.Inputs[2]) : new float[scale.Length];
        var bias = before.Select((value, channel) => (float)((value * scale[channel]) + shift[channel])).ToArray();
        var biasName = weighted.Inputs.Count > 2 ? weighted.Inputs[2] : $"{weights.Name}b";
        var constants = new Dictionary<string, TensorRecord>(graph.Constants)
        {
            [weights.Name] = ConstantData.Of(weights.Name, values, [.. weights.Shape]),
            [biasName] = ConstantData.Of(biasName, bias, bias.Length),
        };
        var merged = weighted with { Inputs = [weighted.Inputs[0], weights.Name, biasName] };
        var nodes = graph.Nodes.Where(node => node != removed).Select(node => node == weighted ? merged : node);
        return Rename(graph with { Nodes = [.. nodes], Constants = constants }, removed.Output, removed.Inputs[0]);
    }

    private static NetworkGraph Rename(NetworkGraph graph, string from, string to) => graph with
    {
        Nodes = [.. graph.Nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(input => input == from ? to : input)] })],
        Output = graph.Output.Name == from ? graph.Output with { Name = to } : graph.Output,
    };
}
