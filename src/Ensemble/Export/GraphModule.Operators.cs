using Ensemble.Graphs;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Ensemble.Export;

// What torch does for each operator.
internal sealed partial class GraphModule
{
    private torch.Tensor[] Compute(GraphNode node, Dictionary<string, torch.Tensor> values)
    {
        var input = Value(0);
        return node.Operator switch
        {
            "Add" => [input.add(Value(1))],
            "AveragePool" => [functional.avg_pool2d(input, Kernel(node), Stride(node), Padding(node), count_include_pad: node.Integer("count_include_pad", 0) != 0)],
            "BatchNormalization" => [functional.batch_norm(input, Value(3), Value(4), Value(1), Value(2), eps: node.Number("epsilon", 1e-5f))],
            "Cast" => [input.to(torch.ScalarType.Float32)],
            "Concat" => [torch.cat([input, Value(1)], node.Integer("axis", 1))],
            "Conv" => [functional.conv2d(input, Value(1), Optional(2), Stride(node), Padding(node), node.Integers("dilations", 1, 1), node.Integer("group", 1))],
            "DequantizeLinear" => [Dequantise(input, Value(1), Optional(2))],
            "Erf" => [input.erf()],
            "Flatten" => [input.flatten(1)],
            "Gemm" => [functional.linear(input, Value(1), Optional(2))],
            "GlobalAveragePool" => [functional.adaptive_avg_pool2d(input, 1)],
            "GlobalMaxPool" => [functional.max_pool2d(input, [input.shape[2], input.shape[3]])],
            "MaxPool" => [functional.max_pool2d(input, Kernel(node), Stride(node), Padding(node))],
            "Mul" => [input.mul(Value(1))],
            "QuantizeLinear" => [input.div(Value(1)).round().add(Value(2)).clamp(0, byte.MaxValue)],
            "Relu" => [input.relu()],
            "Reshape" => [input.reshape([input.shape[0], .. Integers(1).Skip(1)])],
            "Softmax" => [input.softmax(1)],
            "Split" => Halves(input, Integers(1)),
            "Transpose" => [input.permute(node.Integers("perm"))],
            _ => throw new InvalidDataException($"operator {node.Operator}"),
        };

        torch.Tensor Value(int index) =>
            values.TryGetValue(node.Inputs[index], out var value)
            || _replacements.TryGetValue(node.Inputs[index], out value)
            || _constants.TryGetValue(node.Inputs[index], out value)
                ? value
                : throw new InvalidDataException($"{node.Operator} of whole numbers");

        torch.Tensor? Optional(int index) => index < node.Inputs.Count ? Value(index) : null;

        long[] Integers(int index) => _graph.Constants.TryGetValue(node.Inputs[index], out var constant) && constant.Dtype == Storage.SafetensorsDtype.I64
            ? ConstantData.ToIntegers(constant)
            : throw new InvalidDataException($"{node.Operator} by what is no list of whole numbers");
    }

    // Scales of their own belong to the first axis: output channels.
    private static torch.Tensor Dequantise(torch.Tensor steps, torch.Tensor scale, torch.Tensor? zeroPoint)
    {
        var centred = zeroPoint is null ? steps : steps.sub(Spread(zeroPoint, steps));
        return centred.mul(Spread(scale, steps)).to(torch.ScalarType.Float32);
    }

    private static torch.Tensor Spread(torch.Tensor perChannel, torch.Tensor values) => perChannel.dim() == 0
        ? perChannel
        : perChannel.reshape([perChannel.shape[0], .. Enumerable.Repeat(1L, (int)values.dim() - 1)]);

    private static torch.Tensor[] Halves(torch.Tensor input, long[] sizes)
    {
        if (sizes.Length != 2 || sizes.Sum() != input.shape[1] || sizes.Min() < 1)
        {
            throw new InvalidDataException("Split into other than two parts of the channels");
        }

        return [input.narrow(1, 0, sizes[0]), input.narrow(1, sizes[0], sizes[1])];
    }

    private static long[] Kernel(GraphNode node) => node.Integers("kernel_shape", 1, 1);

    private static long[] Stride(GraphNode node) => node.Integers("strides", 1, 1);

    private static long[] Padding(GraphNode node) => node.Integers("pads", 0, 0, 0, 0)[..2];
}
