using Ensemble.Graphs;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.Lowering;

// What stands for each of torch's layers.
internal sealed partial class GraphBuilder
{
    /// <summary>Layers one behind another.</summary>
    /// <param name="input">What the first is given.</param>
    /// <param name="layers">Torch's layers, <see cref="Sequential"/> or modules that lower themselves.</param>
    /// <returns>What the last gives.</returns>
    /// <exception cref="UnsupportedLayerException">A layer has no form as a graph.</exception>
    public GraphEdge Apply(GraphEdge input, params torch.nn.Module[] layers) => layers.Aggregate(input, Apply);

    private GraphEdge Apply(GraphEdge input, torch.nn.Module layer) => layer switch
    {
        IGraphSource source => source.Lower(this, input),
        Sequential sequence => Apply(input, [.. sequence.children()]),
        Conv2d convolution => Apply(input, convolution),
        BatchNorm2d norm => Apply(input, norm),
        Linear linear => Apply(input, linear),
        ReLU => Relu(input),
        GELU => Gelu(input),
        MaxPool2d pool => Apply(input, pool),
        AvgPool2d pool => Apply(input, pool),
        AdaptiveAvgPool2d pool => Apply(input, pool),
        TorchSharp.Modules.Flatten { start_dim: 1, end_dim: -1 } => Flatten(input),
        // In eval mode these hand their input on.
        Dropout or Dropout2d => input,
        _ => throw new UnsupportedLayerException(layer.GetType().Name),
    };

    private GraphEdge Apply(GraphEdge input, Conv2d layer)
    {
        var (kernel, stride, padding, dilation) = (Pair(layer.kernel_size), Pair(layer.stride), Pair(layer.padding), Pair(layer.dilation));
        var inputs = new List<string> { input.Name, Weight(layer.weight) };
        if (layer.bias is { } bias)
        {
            inputs.Add(Weight(bias));
        }

        var name = Append(
            "Conv",
            inputs,
            [
                .. Window(kernel, stride, padding),
                .. dilation.All(step => step == 1) ? [] : new[] { ("dilations", GraphAttribute.Of(dilation)) },
                .. layer.groups == 1 ? [] : new[] { ("group", GraphAttribute.Of(layer.groups)) },
            ]);
        return new GraphEdge(
            name,
            layer.out_channels,
            Steps(input.Height, (dilation[0] * (kernel[0] - 1)) + 1, stride[0], padding[0]),
            Steps(input.Width, (dilation[1] * (kernel[1] - 1)) + 1, stride[1], padding[1]));
    }

    private GraphEdge Apply(GraphEdge input, BatchNorm2d layer)
    {
        if (layer.weight is null || layer.bias is null || layer.running_mean is null || layer.running_var is null)
        {
            throw new UnsupportedLayerException("BatchNorm2d without scale, bias or running statistics");
        }

        return input with
        {
            Name = Append(
                "BatchNormalization",
                [input.Name, Weight(layer.weight), Weight(layer.bias), Weight(layer.running_mean), Weight(layer.running_var)],
                ("epsilon", GraphAttribute.Of((float)layer.eps))),
        };
    }

    private GraphEdge Apply(GraphEdge input, Linear layer)
    {
        var inputs = new List<string> { input.Name, Weight(layer.weight) };
        if (layer.bias is { } bias)
        {
            inputs.Add(Weight(bias));
        }

        return new GraphEdge(Append("Gemm", inputs, ("transB", GraphAttribute.Of(1))), layer.out_features, 1, 1);
    }

    private GraphEdge Apply(GraphEdge input, MaxPool2d layer)
    {
        if (layer.ceil_mode || (layer.dilation is { } dilation && dilation.Any(step => step != 1)))
        {
            throw new UnsupportedLayerException("MaxPool2d with ceil_mode or dilation");
        }

        return Pool("MaxPool", input, layer.kernel_size, layer.stride, layer.padding);
    }

    private GraphEdge Apply(GraphEdge input, AvgPool2d layer)
    {
        if (layer.ceil_mode || layer.divisor_override is not null)
        {
            throw new UnsupportedLayerException("AvgPool2d with ceil_mode or divisor_override");
        }

        return Pool("AveragePool", input, layer.kernel_size, layer.stride, layer.padding, ("count_include_pad", GraphAttribute.Of(layer.count_include_pad ? 1 : 0)));
    }

    private GraphEdge Apply(GraphEdge input, AdaptiveAvgPool2d layer) => layer.output_size.All(size => size == 1)
        ? new GraphEdge(Append("GlobalAveragePool", [input.Name]), input.Channels, 1, 1)
        : throw new UnsupportedLayerException("AdaptiveAvgPool2d to more than one value");

    private GraphEdge Pool(
        string operation, GraphEdge input, long[] kernelSize, long[]? strides, long[]? paddings, params (string Name, GraphAttribute Value)[] settings)
    {
        var kernel = Pair(kernelSize);
        var stride = strides is { Length: > 0 } ? Pair(strides) : kernel;
        var padding = paddings is { Length: > 0 } ? Pair(paddings) : [0, 0];
        var name = Append(operation, [input.Name], [.. Window(kernel, stride, padding), .. settings]);
        return new GraphEdge(name, input.Channels, Steps(input.Height, kernel[0], stride[0], padding[0]), Steps(input.Width, kernel[1], stride[1], padding[1]));
    }

    // What is the operator's default stays unsaid: the file is to be small.
    private static IEnumerable<(string Name, GraphAttribute Value)> Window(long[] kernel, long[] stride, long[] padding)
    {
        yield return ("kernel_shape", GraphAttribute.Of(kernel));
        if (stride.Any(step => step != 1))
        {
            yield return ("strides", GraphAttribute.Of(stride));
        }

        if (padding.Any(size => size != 0))
        {
            yield return ("pads", GraphAttribute.Of([.. padding, .. padding]));
        }
    }

    // x (1 + erf(x / sqrt 2)) / 2: operator set 18 has no Gelu.
    private GraphEdge Gelu(GraphEdge input)
    {
        var scaled = Multiply(input, 1 / Math.Sqrt(2));
        var error = scaled with { Name = Append("Erf", [scaled.Name]) };
        var raised = error with { Name = Append("Add", [error.Name, Constant(name => ConstantData.Of(name, [1f]))]) };
        var product = input with { Name = Append("Mul", [input.Name, raised.Name]) };
        return Multiply(product, 0.5);
    }

    private string Weight(torch.Tensor weight)
    {
        using var scope = torch.NewDisposeScope();
        var host = weight.detach().cpu().to(torch.ScalarType.Float32).contiguous();
        return Constant(name => ConstantData.Of(name, host.data<float>().ToArray(), host.shape));
    }

    private static long[] Pair(long[] sizes) => sizes.Length == 1 ? [sizes[0], sizes[0]] : sizes;

    private static long Steps(long size, long kernel, long stride, long padding) => ((size + (2 * padding) - kernel) / stride) + 1;
}
