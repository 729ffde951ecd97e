using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ResNets;

/// <summary>A residual network for large images; weight names as torchvision's.</summary>
internal sealed class ImageNetResNet : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly MaxPool2d maxpool;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear fc;

    /// <param name="blocks">Blocks of each of the four stages.</param>
    /// <param name="bottlenecks">Whether the blocks are bottlenecks.</param>
    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public ImageNetResNet(IReadOnlyList<int> blocks, bool bottlenecks, int inputChannels, int classCount)
        : base(nameof(ImageNetResNet))
    {
        var expansion = bottlenecks ? Bottleneck.Expansion : 1;
        conv1 = torch.nn.Conv2d(inputChannels, ResNetStages.Channels[0], 7, stride: 2, padding: 3, bias: false);
        bn1 = torch.nn.BatchNorm2d(ResNetStages.Channels[0]);
        relu = torch.nn.ReLU(inplace: true);
        maxpool = torch.nn.MaxPool2d(3, stride: 2, padding: 1);
        layer1 = Stage(0);
        layer2 = Stage(1);
        layer3 = Stage(2);
        layer4 = Stage(3);
        avgpool = torch.nn.AdaptiveAvgPool2d(1);
        fc = torch.nn.Linear(expansion * ResNetStages.Channels[3], classCount);
        RegisterComponents();
        ConvolutionInitialization.KaimingFanOut(this);

        Sequential Stage(int stage) => ResNetStages.Create(stage, blocks[stage], expansion, (inputs, channels, stride) =>
            bottlenecks ? new Bottleneck(inputs, channels, stride) : new BasicBlock(inputs, channels, stride));
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => [new(nameof(layer1), layer1), new(nameof(layer2), layer2), new(nameof(layer3), layer3), new(nameof(layer4), layer4)];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = maxpool.call(relu.call(bn1.call(conv1.call(input))));
        features = layer4.call(layer3.call(layer2.call(layer1.call(features))));
        return fc.call(avgpool.call(features).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) =>
        graph.Apply(graph.Flatten(graph.Apply(input, conv1, bn1, relu, maxpool, layer1, layer2, layer3, layer4, avgpool)), fc);
}
