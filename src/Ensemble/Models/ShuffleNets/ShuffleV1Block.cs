using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ShuffleNets;

/// <summary>A bottleneck of grouped 1x1 convolutions around a 3x3 one within each channel, with the channels shuffled between.</summary>
internal sealed class ShuffleV1Block : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly AvgPool2d? shortcut;
    private readonly int _shuffleGroups;

    /// <param name="inputChannels">Channels of the input.</param>
    /// <param name="channels">Channels of the residual; the input's are put behind them where the map is halved.</param>
    /// <param name="halves">Whether the map is halved.</param>
    /// <param name="firstGroups">Groups of the first convolution, and of the shuffle behind it.</param>
    /// <param name="lastGroups">Groups of the last convolution.</param>
    public ShuffleV1Block(int inputChannels, int channels, bool halves, int firstGroups, int lastGroups)
        : base(nameof(ShuffleV1Block))
    {
        var middle = channels / 4;
        conv1 = torch.nn.Conv2d(inputChannels, middle, 1, groups: firstGroups, bias: false);
        bn1 = torch.nn.BatchNorm2d(middle);
        conv2 = torch.nn.Conv2d(middle, middle, 3, stride: halves ? 2 : 1, padding: 1, groups: middle, bias: false);
        bn2 = torch.nn.BatchNorm2d(middle);
        conv3 = torch.nn.Conv2d(middle, channels, 1, groups: lastGroups, bias: false);
        bn3 = torch.nn.BatchNorm2d(channels);
        shortcut = halves ? torch.nn.AvgPool2d(3, stride: 2, padding: 1) : null;
        _shuffleGroups = firstGroups;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var residual = bn1.call(conv1.call(input)).relu_();
        if (_shuffleGroups > 1)
        {
            residual = ChannelShuffle.Apply(residual, _shuffleGroups);
        }

        residual = bn3.call(conv3.call(bn2.call(conv2.call(residual)).relu_()));
        residual = shortcut is null ? residual.add_(input) : torch.cat([residual, shortcut.call(input)], 1);
        return residual.relu_().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var residual = graph.Relu(graph.Apply(input, conv1, bn1));
        if (_shuffleGroups > 1)
        {
            residual = graph.Shuffle(residual, _shuffleGroups);
        }

        residual = graph.Apply(graph.Relu(graph.Apply(residual, conv2, bn2)), conv3, bn3);
        return graph.Relu(shortcut is null ? graph.Add(residual, input) : graph.Concat(residual, graph.Apply(input, shortcut)));
    }
}
