using Ensemble.Acceleration;
using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models;

/// <summary>Two 3x3 convolutions and a shortcut, which a 1x1 convolution fits where shapes differ.</summary>
internal sealed class BasicBlock : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? downsample;

    public BasicBlock(int inputChannels, int channels, int stride)
        : base(nameof(BasicBlock))
    {
        conv1 = torch.nn.Conv2d(inputChannels, channels, 3, stride: stride, padding: 1, bias: false);
        bn1 = torch.nn.BatchNorm2d(channels);
        relu = torch.nn.ReLU(inplace: true);
        conv2 = torch.nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        bn2 = torch.nn.BatchNorm2d(channels);
        if (stride != 1 || inputChannels != channels)
        {
            downsample = torch.nn.Sequential(
                torch.nn.Conv2d(inputChannels, channels, 1, stride: stride, bias: false), torch.nn.BatchNorm2d(channels));
        }

        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var hidden = FusedNorm.Call(bn1, conv1.call(input), Activation.Relu);
        var shortcut = downsample is null ? input : FusedNorm.Call((BatchNorm2d)downsample[1], downsample[0].call(input), Activation.Identity);
        return FusedNorm.Call(bn2, conv2.call(hidden), Activation.Relu, shortcut).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var residual = graph.Apply(input, conv1, bn1, relu, conv2, bn2);
        return graph.Relu(graph.Add(residual, downsample is null ? input : graph.Apply(input, downsample)));
    }
}
