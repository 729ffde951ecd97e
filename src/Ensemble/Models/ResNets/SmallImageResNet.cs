using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ResNets;

/// <summary>The stages of the networks for large images behind one 3x3 convolution; weight names as the CIFAR benchmark's ResNet50.</summary>
internal sealed class SmallImageResNet : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear linear;

    /// <param name="blocks">Blocks of each of the four stages.</param>
    /// <param name="bottlenecks">Whether the blocks are bottlenecks.</param>
    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public SmallImageResNet(IReadOnlyList<int> blocks, bool bottlenecks, int inputChannels, int classCount)
        : base(nameof(SmallImageResNet))
    {
        var expansion = bottlenecks ? ShortcutBottleneck.Expansion : 1;
        conv1 = torch.nn.Conv2d(inputChannels, ResNetStages.Channels[0], 3, padding: 1, bias: false);
        bn1 = torch.nn.BatchNorm2d(ResNetStages.Channels[0]);
        layer1 = Stage(0);
        layer2 = Stage(1);
        layer3 = Stage(2);
        layer4 = Stage(3);
        avgpool = torch.nn.AdaptiveAvgPool2d(1);
        linear = torch.nn.Linear(expansion * ResNetStages.Channels[3], classCount);
        RegisterComponents();
        ConvolutionInitialization.KaimingFanOut(this);

        Sequential Stage(int stage) => ResNetStages.Create(stage, blocks[stage], expansion, (inputs, channels, stride) =>
            bottlenecks ? new ShortcutBottleneck(inputs, channels, stride) : new ShortcutBasicBlock(inputs, channels, stride));
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => [new(nameof(layer1), layer1), new(nameof(layer2), layer2), new(nameof(layer3), layer3), new(nameof(layer4), layer4)];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = bn1.call(conv1.call(input)).relu_();
        features = layer4.call(layer3.call(layer2.call(layer1.call(features))));
        return linear.call(avgpool.call(features).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var features = graph.Relu(graph.Apply(input, conv1, bn1));
        return graph.Apply(graph.Flatten(graph.Apply(features, layer1, layer2, layer3, layer4, avgpool)), linear);
    }
}
