using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ShuffleNets;

/// <summary>ShuffleNet with 3 groups for images of 32 pixels, as the CIFAR benchmark has it; weight names as there.</summary>
internal sealed class ShuffleV1 : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    private const int Groups = 3;
    private const int StemChannels = 24;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear linear;

    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public ShuffleV1(int inputChannels, int classCount)
        : base(nameof(ShuffleV1))
    {
        conv1 = torch.nn.Conv2d(inputChannels, StemChannels, 1, bias: false);
        bn1 = torch.nn.BatchNorm2d(StemChannels);
        // The stem's few channels are not grouped by the first convolution that reads them.
        layer1 = Stage(StemChannels, 240, 4, 1);
        layer2 = Stage(240, 480, 8, Groups);
        layer3 = Stage(480, 960, 4, Groups);
        avgpool = torch.nn.AdaptiveAvgPool2d(1);
        linear = torch.nn.Linear(960, classCount);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => [new(nameof(layer1), layer1), new(nameof(layer2), layer2), new(nameof(layer3), layer3)];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = bn1.call(conv1.call(input)).relu_();
        features = layer3.call(layer2.call(layer1.call(features)));
        return linear.call(avgpool.call(features).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var features = graph.Relu(graph.Apply(input, conv1, bn1));
        return graph.Apply(graph.Flatten(graph.Apply(features, layer1, layer2, layer3, avgpool)), linear);
    }

    private static Sequential Stage(int inputChannels, int channels, int blocks, int firstGroups) => torch.nn.Sequential(
        Enumerable.Range(0, blocks).Select(torch.nn.Module<torch.Tensor, torch.Tensor> (position) => position == 0
            ? new ShuffleV1Block(inputChannels, channels - inputChannels, true, firstGroups, Groups)
            : new ShuffleV1Block(channels, channels, false, Groups, Groups)));
}
