using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ShuffleNets;

/// <summary>Two branches over all channels, each halving the map, put together and shuffled (arXiv 1807.11164, figure 3d).</summary>
internal sealed class ShuffleV2DownBlock : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly Conv2d conv4;
    private readonly BatchNorm2d bn4;
    private readonly Conv2d conv5;
    private readonly BatchNorm2d bn5;

    /// <param name="inputChannels">Channels of the input.</param>
    /// <param name="channels">Channels of the output, even; half from each branch.</param>
    public ShuffleV2DownBlock(int inputChannels, int channels)
        : base(nameof(ShuffleV2DownBlock))
    {
        var half = channels / 2;
        conv1 = torch.nn.Conv2d(inputChannels, inputChannels, 3, stride: 2, padding: 1, groups: inputChannels, bias: false);
        bn1 = torch.nn.BatchNorm2d(inputChannels);
        conv2 = torch.nn.Conv2d(inputChannels, half, 1, bias: false);
        bn2 = torch.nn.BatchNorm2d(half);
        conv3 = torch.nn.Conv2d(inputChannels, half, 1, bias: false);
        bn3 = torch.nn.BatchNorm2d(half);
        conv4 = torch.nn.Conv2d(half, half, 3, stride: 2, padding: 1, groups: half, bias: false);
        bn4 = torch.nn.BatchNorm2d(half);
        conv5 = torch.nn.Conv2d(half, half, 1, bias: false);
        bn5 = torch.nn.BatchNorm2d(half);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var left = bn2.call(conv2.call(bn1.call(conv1.call(input)))).relu_();
        var right = bn3.call(conv3.call(input)).relu_();
        right = bn5.call(conv5.call(bn4.call(conv4.call(right)))).relu_();
        return ChannelShuffle.Apply(torch.cat([left, right], 1), 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var left = graph.Relu(graph.Apply(input, conv1, bn1, conv2, bn2));
        var right = graph.Relu(graph.Apply(input, conv3, bn3));
        right = graph.Relu(graph.Apply(right, conv4, bn4, conv5, bn5));
        return graph.Shuffle(graph.Concat(left, right), 2);
    }
}
