using Ensemble.Storage;

namespace Ensemble.Graphs;

/// <summary>A classifier as operations on named values, each made before it is used: what an ONNX file holds.</summary>
internal sealed record NetworkGraph
{
    /// <summary>[N, C, H, W]: the images.</summary>
    public required GraphPort Input { get; init; }

    /// <summary>[N, classes]: the answers.</summary>
    public required GraphPort Output { get; init; }

    /// <summary>The operations, in an order in which they can be done.</summary>
    public required IReadOnlyList<GraphNode> Nodes { get; init; }

    /// <summary>Weights and other constants by name.</summary>
    public required IReadOnlyDictionary<string, TensorRecord> Constants { get; init; }

    /// <summary>The node that makes a value, or null for the input and constants.</summary>
    public GraphNode? MakerOf(string value) => Nodes.FirstOrDefault(node => node.Outputs.Contains(value));

    /// <summary>The nodes that use a value.</summary>
    public IReadOnlyList<GraphNode> UsersOf(string value) => [.. Nodes.Where(node => node.Inputs.Contains(value))];

    /// <summary>The one node that uses a value, or null where several do, or where it leaves the graph.</summary>
    public GraphNode? OnlyUserOf(string value) =>
        value != Output.Name && UsersOf(value) is [var user] && user.Inputs.Count(input => input == value) == 1 ? user : null;

    /// <summary>A constant of float32 as numbers, row-major.</summary>
    public float[] Floats(string constant) => ConstantData.ToFloats(Constants[constant]);

    /// <summary>The same graph without constants that no node uses.</summary>
    public NetworkGraph WithoutUnusedConstants()
    {
        var used = Nodes.SelectMany(node => node.Inputs).ToHashSet();
        return this with { Constants = Constants.Where(pair => used.Contains(pair.Key)).ToDictionary() };
    }
}
