using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ShuffleNets;

/// <summary>Half of the channels stay, the other half pass three convolutions; then the halves are shuffled (arXiv 1807.11164, figure 3c).</summary>
internal sealed class ShuffleV2Block : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;

    /// <param name="channels">Channels of input and output, even.</param>
    public ShuffleV2Block(int channels)
        : base(nameof(ShuffleV2Block))
    {
        var half = channels / 2;
        conv1 = torch.nn.Conv2d(half, half, 1, bias: false);
        bn1 = torch.nn.BatchNorm2d(half);
        conv2 = torch.nn.Conv2d(half, half, 3, padding: 1, groups: half, bias: false);
        bn2 = torch.nn.BatchNorm2d(half);
        conv3 = torch.nn.Conv2d(half, half, 1, bias: false);
        bn3 = torch.nn.BatchNorm2d(half);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var halves = input.chunk(2, 1);
        var branch = bn1.call(conv1.call(halves[1])).relu_();
        branch = bn3.call(conv3.call(bn2.call(conv2.call(branch)))).relu_();
        return ChannelShuffle.Apply(torch.cat([halves[0], branch], 1), 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var (kept, branch) = graph.Halves(input);
        branch = graph.Relu(graph.Apply(branch, conv1, bn1));
        branch = graph.Relu(graph.Apply(branch, conv2, bn2, conv3, bn3));
        return graph.Shuffle(graph.Concat(kept, branch), 2);
    }
}
