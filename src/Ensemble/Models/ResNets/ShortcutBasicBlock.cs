using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ResNets;

/// <summary>Two 3x3 convolutions around a shortcut; names as the CIFAR benchmark's.</summary>
internal sealed class ShortcutBasicBlock : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? shortcut;

    public ShortcutBasicBlock(int inputChannels, int channels, int stride)
        : base(nameof(ShortcutBasicBlock))
    {
        conv1 = torch.nn.Conv2d(inputChannels, channels, 3, stride: stride, padding: 1, bias: false);
        bn1 = torch.nn.BatchNorm2d(channels);
        conv2 = torch.nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        bn2 = torch.nn.BatchNorm2d(channels);
        shortcut = Shortcuts.Create(inputChannels, channels, stride);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var residual = bn2.call(conv2.call(bn1.call(conv1.call(input)).relu_()));
        return residual.add_(shortcut is null ? input : shortcut.call(input)).relu_().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var residual = graph.Apply(graph.Relu(graph.Apply(input, conv1, bn1)), conv2, bn2);
        return graph.Relu(graph.Add(residual, shortcut is null ? input : graph.Apply(input, shortcut)));
    }
}
