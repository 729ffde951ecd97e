using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.MobileNets;

/// <summary>A 1x1 convolution that widens, a 3x3 one within each channel, a 1x1 one that narrows, and a shortcut where shapes allow.</summary>
internal sealed class InvertedResidual : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    private readonly Sequential conv;
    private readonly bool _hasShortcut;

    public InvertedResidual(int inputChannels, int channels, int stride, int expansion)
        : base(nameof(InvertedResidual))
    {
        var wide = inputChannels * expansion;
        conv = torch.nn.Sequential(
            torch.nn.Conv2d(inputChannels, wide, 1, bias: false),
            torch.nn.BatchNorm2d(wide),
            torch.nn.ReLU(inplace: true),
            torch.nn.Conv2d(wide, wide, 3, stride: stride, padding: 1, groups: wide, bias: false),
            torch.nn.BatchNorm2d(wide),
            torch.nn.ReLU(inplace: true),
            torch.nn.Conv2d(wide, channels, 1, bias: false),
            torch.nn.BatchNorm2d(channels));
        _hasShortcut = stride == 1 && inputChannels == channels;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var residual = conv.call(input);
        return (_hasShortcut ? residual.add_(input) : residual).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var residual = graph.Apply(input, conv);
        return _hasShortcut ? graph.Add(residual, input) : residual;
    }
}
