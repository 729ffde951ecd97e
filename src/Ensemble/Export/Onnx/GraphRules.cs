using Ensemble.Graphs;
using Ensemble.Storage;

namespace Ensemble.Export.Onnx;

/// <summary>What must hold of a graph from outside before it is computed with.</summary>
internal static class GraphRules
{
    private const long LargestSide = 1 << 14;
    private const long LargestWindow = 1 << 8;

    // Three colours of 1,672 by 1,672 pixels: a larger one would fill the memory before anybody asked for an answer.
    private const long MostPixels = 1 << 23;

    // Operators with their fewest and most inputs.
    private static readonly Dictionary<string, (int Fewest, int Most)> s_inputs = new()
    {
        ["Add"] = (2, 2),
        ["AveragePool"] = (1, 1),
        ["BatchNormalization"] = (5, 5),
        ["Cast"] = (1, 1),
        ["Concat"] = (2, 2),
        ["Conv"] = (2, 3),
        ["DequantizeLinear"] = (2, 3),
        ["Erf"] = (1, 1),
        ["Flatten"] = (1, 1),
        ["Gemm"] = (2, 3),
        ["GlobalAveragePool"] = (1, 1),
        ["GlobalMaxPool"] = (1, 1),
        ["MaxPool"] = (1, 1),
        ["Mul"] = (2, 2),
        ["QuantizeLinear"] = (3, 3),
        ["Relu"] = (1, 1),
        ["Reshape"] = (2, 2),
        ["Softmax"] = (1, 1),
        ["Split"] = (2, 2),
        ["Transpose"] = (1, 1),
    };

    /// <summary>Holds the rules.</summary>
    /// <exception cref="InvalidDataException">One is broken; the message says which.</exception>
    public static void Require(NetworkGraph graph)
    {
        Require(graph.Input.Shape.Count == 3 && graph.Input.Shape.All(size => size is >= 1 and <= LargestSide), "an input that is no image");
        Require(graph.Input.Shape.Aggregate(1L, (product, size) => product * size) <= MostPixels, "an input of too many pixels");
        Require(graph.Input.Dtype is SafetensorsDtype.U8 or SafetensorsDtype.F32, $"an input of {graph.Input.Dtype}");
        Require(graph.Output.Shape is [>= 1] && graph.Output.Dtype == SafetensorsDtype.F32, "an output that is no vector of float32");
        var known = new HashSet<string>(graph.Constants.Keys);
        Require(known.Add(graph.Input.Name), $"{graph.Input.Name} twice");
        foreach (var node in graph.Nodes)
        {
            RequireNode(node);
            Require(node.Inputs.All(known.Contains), $"{node.Operator} of a value that nothing made");
            Require(node.Outputs.All(known.Add), $"{node.Operator} makes a value that is there already");
        }

        Require(known.Contains(graph.Output.Name), $"no {graph.Output.Name}");
    }

    private static void RequireNode(GraphNode node)
    {
        Require(s_inputs.TryGetValue(node.Operator, out var inputs), $"operator {node.Operator}");
        Require(node.Inputs.Count >= inputs.Fewest && node.Inputs.Count <= inputs.Most, $"{node.Operator} of {node.Inputs.Count} values");
        Require(node.Outputs.Count == (node.Operator == "Split" ? 2 : 1), $"{node.Operator} with {node.Outputs.Count} results");
        foreach (var name in new[] { "strides", "dilations", "kernel_shape" })
        {
            Require(node.Integers(name, 1, 1) is { Length: 2 } sizes && sizes.All(size => size is >= 1 and <= LargestWindow), $"{node.Operator} with {name} out of range");
        }

        var pads = node.Integers("pads", 0, 0, 0, 0);
        Require(
            pads.Length == 4 && pads.All(size => size is >= 0 and <= LargestWindow) && pads[0] == pads[2] && pads[1] == pads[3], $"{node.Operator} with pads out of range");
        Require(node.Integer("group", 1) is >= 1 and <= LargestSide * LargestSide, $"{node.Operator} with a group out of range");
    }

    private static void Require(bool isMet, string found)
    {
        if (!isMet)
        {
            throw new InvalidDataException(found);
        }
    }
}
