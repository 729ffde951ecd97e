using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ResNets;

/// <summary>1x1, 3x3 and 1x1 convolutions around a shortcut; the 3x3 one strides. Names as torchvision's.</summary>
internal sealed class Bottleneck : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    /// <summary>Output channels for each of the 3x3 convolution.</summary>
    public const int Expansion = 4;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly ReLU relu;
    private readonly Sequential? downsample;

    public Bottleneck(int inputChannels, int channels, int stride)
        : base(nameof(Bottleneck))
    {
        conv1 = torch.nn.Conv2d(inputChannels, channels, 1, bias: false);
        bn1 = torch.nn.BatchNorm2d(channels);
        conv2 = torch.nn.Conv2d(channels, channels, 3, stride: stride, padding: 1, bias: false);
        bn2 = torch.nn.BatchNorm2d(channels);
        conv3 = torch.nn.Conv2d(channels, Expansion * channels, 1, bias: false);
        bn3 = torch.nn.BatchNorm2d(Expansion * channels);
        relu = torch.nn.ReLU(inplace: true);
        downsample = Shortcuts.Create(inputChannels, Expansion * channels, stride);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var residual = relu.call(bn1.call(conv1.call(input)));
        residual = relu.call(bn2.call(conv2.call(residual)));
        residual = bn3.call(conv3.call(residual));
        return relu.call(residual.add_(downsample is null ? input : downsample.call(input))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var residual = graph.Apply(input, conv1, bn1, relu, conv2, bn2, relu, conv3, bn3);
        return graph.Relu(graph.Add(residual, downsample is null ? input : graph.Apply(input, downsample)));
    }
}
