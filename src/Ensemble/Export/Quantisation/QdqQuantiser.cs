using Ensemble.Graphs;
using Ensemble.Storage;

namespace Ensemble.Export.Quantisation;

/// <summary>
/// A graph with quantise-dequantise pairs: activations as bytes with one range a value, weights as signed bytes with a
/// scale for each output channel and 0 in the middle, biases as int32 of scale (input scale * weight scale).
/// </summary>
/// <remarks>
/// A runtime that knows the pattern computes in bytes; one that does not computes the same in float32. See Jacob et al. 2017,
/// arXiv 1712.05877, for the arithmetic.
/// </remarks>
internal sealed class QdqQuantiser
{
    private readonly NetworkGraph _graph;
    private readonly QuantisedValues _values;
    private readonly IReadOnlyDictionary<string, ValueRange> _ranges;
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<string, TensorRecord> _constants = [];
    private readonly Dictionary<string, string> _weights = [];

    private QdqQuantiser(NetworkGraph graph, QuantisedValues values, IReadOnlyDictionary<string, ValueRange> ranges)
    {
        _graph = graph;
        _values = values;
        _ranges = ranges;
    }

    /// <summary>Quantises.</summary>
    /// <param name="graph">From normalised images to logits, in float32, batch norms folded.</param>
    /// <param name="values">Which values become bytes.</param>
    /// <param name="ranges">A range for each of <see cref="QuantisedValues.Measured"/>.</param>
    public static NetworkGraph Apply(NetworkGraph graph, QuantisedValues values, IReadOnlyDictionary<string, ValueRange> ranges) =>
        new QdqQuantiser(graph, values, ranges).Apply();

    private NetworkGraph Apply()
    {
        AddPair(_graph.Input.Name);
        foreach (var node in _graph.Nodes)
        {
            _nodes.Add(node.Operator is "Conv" or "Gemm" ? WithQuantisedWeights(node) : node with { Inputs = [.. node.Inputs.Select(Read)] });
            foreach (var output in node.Outputs)
            {
                AddPair(output);
            }
        }

        foreach (var name in _nodes.SelectMany(node => node.Inputs).Where(_graph.Constants.ContainsKey))
        {
            _constants.TryAdd(name, _graph.Constants[name]);
        }

        return _graph with { Nodes = _nodes, Constants = _constants };
    }

    // What stands for a value where it is used.
    private string Read(string value) => _values.Names.Contains(value) ? $"{value}d" : value;

    private void AddPair(string value)
    {
        if (!_values.Names.Contains(value))
        {
            return;
        }

        var range = _ranges[_values.RangeOf(value)];
        var scale = Share($"{_values.RangeOf(value)}s", name => ConstantData.Of(name, [range.Scale]));
        var zeroPoint = Share($"z{range.ZeroPoint}", name => new TensorRecord(name, SafetensorsDtype.U8, [], new[] { range.ZeroPoint }));
        _nodes.Add(new GraphNode("QuantizeLinear", [value, scale, zeroPoint], [$"{value}q"]));
        _nodes.Add(new GraphNode("DequantizeLinear", [$"{value}q", scale, zeroPoint], [$"{value}d"]));
    }

    private GraphNode WithQuantisedWeights(GraphNode node)
    {
        var inputScale = _ranges[_values.RangeOf(node.Inputs[0])].Scale;
        var weights = _graph.Constants[node.Inputs[1]];
        var scales = ChannelScales(weights);
        var inputs = new List<string> { Read(node.Inputs[0]), AddWeights(weights, scales, hasZeroPoint: node.Operator == "Gemm") };
        if (node.Inputs.Count > 2)
        {
            inputs.Add(AddBias(node.Inputs[2], [.. scales.Select(scale => scale * inputScale)]));
        }

        return node with { Inputs = inputs };
    }

    private string AddWeights(TensorRecord weights, float[] scales, bool hasZeroPoint)
    {
        if (_weights.TryGetValue(weights.Name, out var known))
        {
            return known;
        }

        var values = ConstantData.ToFloats(weights);
        var perChannel = values.Length / scales.Length;
        var steps = values.Select((value, index) => (sbyte)Math.Clamp(Math.Round(value / scales[index / perChannel]), -sbyte.MaxValue, sbyte.MaxValue)).ToArray();
        var name = AddDequantised(ConstantData.Of($"{weights.Name}q", steps, [.. weights.Shape]), scales, hasZeroPoint);
        _weights.Add(weights.Name, name);
        return name;
    }

    private string AddBias(string bias, float[] scales)
    {
        var steps = _graph.Floats(bias).Select((value, channel) => (int)Math.Clamp(Math.Round((double)value / scales[channel]), int.MinValue, int.MaxValue)).ToArray();
        return AddDequantised(ConstantData.Of($"{bias}q", steps, steps.Length), scales, hasZeroPoint: false);
    }

    // The zero point is 0 and goes unsaid, but for linear layers: ONNX Runtime computes those in bytes only where it is said.
    private string AddDequantised(TensorRecord steps, float[] scales, bool hasZeroPoint)
    {
        var scale = ConstantData.Of($"{steps.Name}s", scales, scales.Length);
        _constants.Add(steps.Name, steps);
        _constants.Add(scale.Name, scale);
        string[] zeroPoint = hasZeroPoint ? [Share($"{steps.Name}z", name => ConstantData.Of(name, new sbyte[scales.Length], scales.Length))] : [];
        var output = $"{steps.Name}d";
        _nodes.Add(new GraphNode("DequantizeLinear", [steps.Name, scale.Name, .. zeroPoint], [output])
        {
            Attributes = new Dictionary<string, GraphAttribute> { ["axis"] = GraphAttribute.Of(0) },
        });
        return output;
    }

    private string Share(string name, Func<string, TensorRecord> make)
    {
        _constants.TryAdd(name, make(name));
        return name;
    }

    // The largest weight of a channel is 127 steps; a channel of zeros has no scale of its own.
    private static float[] ChannelScales(TensorRecord weights)
    {
        var values = ConstantData.ToFloats(weights);
        var perChannel = values.Length / (int)weights.Shape[0];
        return [.. values.Chunk(perChannel).Select(channel => channel.Max(Math.Abs) is > 0 and var largest ? largest / sbyte.MaxValue : 1)];
    }
}
