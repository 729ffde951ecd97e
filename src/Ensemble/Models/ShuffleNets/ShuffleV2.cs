using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ShuffleNets;

/// <summary>ShuffleNetV2 of width 1 for images of 32 pixels, as the CIFAR benchmark has it; weight names as there.</summary>
internal sealed class ShuffleV2 : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    private const int StemChannels = 24;
    private const int HeadChannels = 1024;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear linear;

    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public ShuffleV2(int inputChannels, int classCount)
        : base(nameof(ShuffleV2))
    {
        conv1 = torch.nn.Conv2d(inputChannels, StemChannels, 1, bias: false);
        bn1 = torch.nn.BatchNorm2d(StemChannels);
        layer1 = Stage(StemChannels, 116, 3);
        layer2 = Stage(116, 232, 7);
        layer3 = Stage(232, 464, 3);
        conv2 = torch.nn.Conv2d(464, HeadChannels, 1, bias: false);
        bn2 = torch.nn.BatchNorm2d(HeadChannels);
        avgpool = torch.nn.AdaptiveAvgPool2d(1);
        linear = torch.nn.Linear(HeadChannels, classCount);
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
        features = bn2.call(conv2.call(features)).relu_();
        return linear.call(avgpool.call(features).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var features = graph.Apply(graph.Relu(graph.Apply(input, conv1, bn1)), layer1, layer2, layer3);
        features = graph.Relu(graph.Apply(features, conv2, bn2));
        return graph.Apply(graph.Flatten(graph.Apply(features, avgpool)), linear);
    }

    private static Sequential Stage(int inputChannels, int channels, int blocks) => torch.nn.Sequential(
        Enumerable.Range(0, blocks + 1).Select(torch.nn.Module<torch.Tensor, torch.Tensor> (position) =>
            position == 0 ? new ShuffleV2DownBlock(inputChannels, channels) : new ShuffleV2Block(channels)));
}
