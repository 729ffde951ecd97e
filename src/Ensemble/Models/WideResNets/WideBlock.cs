using Ensemble.Acceleration;
using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.WideResNets;

/// <summary>Two times batch norm, ReLU, 3x3 convolution, and a shortcut.</summary>
/// <remarks>Where the channels change, the shortcut's 1x1 convolution starts behind the first ReLU, as the authors' code has it.</remarks>
internal sealed class WideBlock : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu1;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn2;
    private readonly ReLU relu2;
    private readonly Conv2d conv2;
    private readonly Conv2d? convShortcut;

    public WideBlock(int inputChannels, int channels, int stride)
        : base(nameof(WideBlock))
    {
        bn1 = torch.nn.BatchNorm2d(inputChannels);
        relu1 = torch.nn.ReLU(inplace: true);
        conv1 = torch.nn.Conv2d(inputChannels, channels, 3, stride: stride, padding: 1, bias: false);
        bn2 = torch.nn.BatchNorm2d(channels);
        relu2 = torch.nn.ReLU(inplace: true);
        conv2 = torch.nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        if (stride != 1 || inputChannels != channels)
        {
            convShortcut = torch.nn.Conv2d(inputChannels, channels, 1, stride: stride, bias: false);
        }

        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var activated = FusedNorm.Call(bn1, input, Activation.Relu);
        var residual = conv2.call(FusedNorm.Call(bn2, conv1.call(activated), Activation.Relu));
        var shortcut = convShortcut is null ? input : convShortcut.call(activated);
        return residual.add_(shortcut).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var activated = graph.Apply(input, bn1, relu1);
        var residual = graph.Apply(activated, conv1, bn2, relu2, conv2);
        return graph.Add(residual, convShortcut is null ? input : graph.Apply(activated, convShortcut));
    }
}
