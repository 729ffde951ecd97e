using Ensemble.Graphs;
using Ensemble.Storage;

namespace Ensemble.Export;

/// <summary>Puts the normalisation in front of a graph, and the softmax behind it.</summary>
internal static class PixelInput
{
    // ONNX's numbers of the element types that a Cast makes.
    private const int OnnxFloat = 1;

    /// <summary>(pixel / largest - mean) / deviation for each channel, as one product and one sum, as training has them.</summary>
    /// <param name="graph">From normalised images.</param>
    /// <param name="pixels">What the images are to be.</param>
    /// <param name="mean">Of each channel, of pixels in 0 to 1.</param>
    /// <param name="deviation">Likewise; training takes at least 1e-6.</param>
    public static NetworkGraph Prepend(NetworkGraph graph, InputPixels pixels, IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        var largest = pixels == InputPixels.UInt8 ? 255 : 1;
        var deviations = deviation.Select(value => Math.Max(value, 1e-6)).ToArray();
        var scale = PerChannel("scale", deviations.Select(value => 1 / (largest * value)));
        var offset = PerChannel("offset", mean.Zip(deviations, (average, value) => -average / value));
        var image = new GraphNode("Cast", [graph.Input.Name], ["pixels"]) { Attributes = new Dictionary<string, GraphAttribute> { ["to"] = GraphAttribute.Of(OnnxFloat) } };
        GraphNode[] normalisation =
        [
            .. pixels == InputPixels.UInt8 ? [image] : Array.Empty<GraphNode>(),
            new GraphNode("Mul", [pixels == InputPixels.UInt8 ? image.Output : graph.Input.Name, scale.Name], ["scaled"]),
            new GraphNode("Add", ["scaled", offset.Name], ["normalised"]),
        ];
        var rest = graph.Nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(input => input == graph.Input.Name ? "normalised" : input)] });
        return graph with
        {
            Input = graph.Input with { Dtype = pixels == InputPixels.UInt8 ? SafetensorsDtype.U8 : SafetensorsDtype.F32 },
            Nodes = [.. normalisation, .. rest],
            Constants = new Dictionary<string, TensorRecord>(graph.Constants) { [scale.Name] = scale, [offset.Name] = offset },
        };
    }

    /// <summary>Gives the output its name, and turns logits into probabilities where they are wanted.</summary>
    public static NetworkGraph Finish(NetworkGraph graph, bool isSoftmax)
    {
        var name = isSoftmax ? "probabilities" : "logits";
        if (isSoftmax)
        {
            var softmax = new GraphNode("Softmax", [graph.Output.Name], [name]) { Attributes = new Dictionary<string, GraphAttribute> { ["axis"] = GraphAttribute.Of(1) } };
            return graph with { Nodes = [.. graph.Nodes, softmax], Output = graph.Output with { Name = name } };
        }

        return graph with
        {
            Nodes = [.. graph.Nodes.Select(node => node with
            {
                Inputs = [.. node.Inputs.Select(Renamed)],
                Outputs = [.. node.Outputs.Select(Renamed)],
            })],
            Output = graph.Output with { Name = name },
        };

        string Renamed(string value) => value == graph.Output.Name ? name : value;
    }

    private static TensorRecord PerChannel(string name, IEnumerable<double> values)
    {
        var numbers = values.Select(value => (float)value).ToArray();
        return ConstantData.Of(name, numbers, numbers.Length, 1, 1);
    }
}
