using System.Globalization;
using Ensemble.Graphs;
using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Models.Lowering;

/// <summary>A graph under construction: every method appends operations and gives their result.</summary>
internal sealed partial class GraphBuilder
{
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<string, TensorRecord> _constants = [];
    private int _values;

    private GraphBuilder()
    {
    }

    /// <summary>A network as a graph, in eval mode, from normalised images to logits.</summary>
    /// <param name="network">From [N, C, H, W] to [N, classes]; its weights are copied.</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <exception cref="UnsupportedLayerException">A layer has no form as a graph.</exception>
    public static NetworkGraph Build(torch.nn.Module network, int channels, int height, int width)
    {
        var builder = new GraphBuilder();
        var output = builder.Apply(new GraphEdge("input", channels, height, width), network);
        return new NetworkGraph
        {
            Input = new GraphPort("input", SafetensorsDtype.F32, [channels, height, width]),
            Output = new GraphPort(output.Name, SafetensorsDtype.F32, [output.Channels]),
            Nodes = builder._nodes,
            Constants = builder._constants,
        };
    }

    /// <summary>max(value, 0).</summary>
    public GraphEdge Relu(GraphEdge input) => input with { Name = Append("Relu", [input.Name]) };

    /// <summary>The sum of two values of one shape.</summary>
    public GraphEdge Add(GraphEdge left, GraphEdge right) => left with { Name = Append("Add", [left.Name, right.Name]) };

    /// <summary>The channels of one value and behind them those of another.</summary>
    public GraphEdge Concat(GraphEdge first, GraphEdge second) => first with
    {
        Name = Append("Concat", [first.Name, second.Name], ("axis", GraphAttribute.Of(1))),
        Channels = first.Channels + second.Channels,
    };

    /// <summary>The first and the second half of the channels, whose number is even.</summary>
    public (GraphEdge First, GraphEdge Second) Halves(GraphEdge input)
    {
        var half = input.Channels / 2;
        var sizes = Constant(name => ConstantData.Of(name, half, half));
        string[] outputs = [NextValue(), NextValue()];
        _nodes.Add(new GraphNode("Split", [input.Name, sizes], outputs) { Attributes = Settings([("axis", GraphAttribute.Of(1))]) });
        return (input with { Name = outputs[0], Channels = half }, input with { Name = outputs[1], Channels = half });
    }

    /// <summary>Channel g * (C / groups) + c goes to c * groups + g.</summary>
    public GraphEdge Shuffle(GraphEdge input, long groups)
    {
        var grouped = Reshape(input.Name, 0, groups, input.Channels / groups, input.Height, input.Width);
        var turned = Append("Transpose", [grouped], ("perm", GraphAttribute.Of([0, 2, 1, 3, 4])));
        return input with { Name = Reshape(turned, 0, input.Channels, input.Height, input.Width) };
    }

    /// <summary>The largest value of each channel's map.</summary>
    public GraphEdge GlobalMax(GraphEdge input) => new(Append("GlobalMaxPool", [input.Name]), input.Channels, 1, 1);

    /// <summary>[N, C, H, W] as [N, C H W].</summary>
    public GraphEdge Flatten(GraphEdge input) =>
        new(Append("Flatten", [input.Name], ("axis", GraphAttribute.Of(1))), input.Channels * input.Height * input.Width, 1, 1);

    /// <summary>The value times a number.</summary>
    public GraphEdge Multiply(GraphEdge input, double factor) =>
        input with { Name = Append("Mul", [input.Name, Constant(name => ConstantData.Of(name, [(float)factor]))]) };

    // A size of 0 stands for the input's own: the batch's.
    private string Reshape(string input, params long[] shape) =>
        Append("Reshape", [input, Constant(name => ConstantData.Of(name, shape))]);

    private string Append(string operation, IReadOnlyList<string> inputs, params (string Name, GraphAttribute Value)[] settings)
    {
        var output = NextValue();
        _nodes.Add(new GraphNode(operation, inputs, [output]) { Attributes = Settings(settings) });
        return output;
    }

    private static Dictionary<string, GraphAttribute> Settings((string Name, GraphAttribute Value)[] settings) =>
        settings.ToDictionary(setting => setting.Name, setting => setting.Value);

    private string Constant(Func<string, TensorRecord> make)
    {
        var constant = make(string.Create(CultureInfo.InvariantCulture, $"w{_constants.Count}"));
        _constants.Add(constant.Name, constant);
        return constant.Name;
    }

    // Short: the names are in the file, and the file is to be small.
    private string NextValue() => string.Create(CultureInfo.InvariantCulture, $"v{_values++}");
}
