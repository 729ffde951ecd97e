using System.Runtime.InteropServices;
using Ensemble.Graphs;
using Ensemble.Storage;

namespace Ensemble.Export;

/// <summary>A graph of float32 as one of half precision between a float32 input and a float32 output.</summary>
internal static class HalfPrecision
{
    // ONNX's numbers of the element types that a Cast makes.
    private const int OnnxFloat = 1;
    private const int OnnxHalf = 10;

    /// <summary>Rounds every constant of float32, and casts behind the input and before the output.</summary>
    /// <param name="graph">From normalised images to logits, without quantised values.</param>
    /// <exception cref="UnsupportedPrecisionException">A weight is past the range of half precision.</exception>
    public static NetworkGraph Apply(NetworkGraph graph)
    {
        const string Half = "half";
        const string Answer = "answer";
        var nodes = graph.Nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(input => input == graph.Input.Name ? Half : input)] });
        return graph with
        {
            Nodes = [Cast(graph.Input.Name, Half, OnnxHalf), .. nodes, Cast(graph.Output.Name, Answer, OnnxFloat)],
            Output = graph.Output with { Name = Answer },
            Constants = graph.Constants.Values.Select(ToHalf).ToDictionary(constant => constant.Name),
        };
    }

    private static TensorRecord ToHalf(TensorRecord constant)
    {
        if (constant.Dtype != SafetensorsDtype.F32)
        {
            return constant;
        }

        var halves = Array.ConvertAll(ConstantData.ToFloats(constant), value => (Half)value);
        return halves.All(Half.IsFinite)
            ? new TensorRecord(constant.Name, SafetensorsDtype.F16, constant.Shape, MemoryMarshal.AsBytes<Half>(halves).ToArray())
            : throw new UnsupportedPrecisionException("fp16", $"a weight past {(float)Half.MaxValue}", "export as fp32");
    }

    private static GraphNode Cast(string input, string output, long type) =>
        new("Cast", [input], [output]) { Attributes = new Dictionary<string, GraphAttribute> { ["to"] = GraphAttribute.Of(type) } };
}
