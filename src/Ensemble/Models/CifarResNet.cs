using Ensemble.Acceleration;
using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models;

/// <summary>A residual network for small images; weight names as in PyTorch's implementations of it.</summary>
internal sealed class CifarResNet : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear fc;

    /// <param name="blocksPerStage">n of depth = 6n + 2.</param>
    /// <param name="width">Multiplies 16, 32 and 64 channels.</param>
    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public CifarResNet(int blocksPerStage, double width, int inputChannels, int classCount)
        : base(nameof(CifarResNet))
    {
        var stem = Channels(width <= 1 ? 16 * width : Math.Max(16, 8 * width));
        int[] stages = [Channels(16 * width), Channels(32 * width), Channels(64 * width)];
        conv1 = torch.nn.Conv2d(inputChannels, stem, 3, padding: 1, bias: false);
        bn1 = torch.nn.BatchNorm2d(stem);
        relu = torch.nn.ReLU(inplace: true);
        layer1 = Stage(stem, stages[0], blocksPerStage, 1);
        layer2 = Stage(stages[0], stages[1], blocksPerStage, 2);
        layer3 = Stage(stages[1], stages[2], blocksPerStage, 2);
        avgpool = torch.nn.AdaptiveAvgPool2d(1);
        fc = torch.nn.Linear(stages[2], classCount);
        RegisterComponents();
        ConvolutionInitialization.KaimingFanOut(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => [new(nameof(layer1), layer1), new(nameof(layer2), layer2), new(nameof(layer3), layer3)];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = FusedNorm.Call(bn1, conv1.call(input), Activation.Relu);
        features = layer3.call(layer2.call(layer1.call(features)));
        return fc.call(avgpool.call(features).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) =>
        graph.Apply(graph.Flatten(graph.Apply(input, conv1, bn1, relu, layer1, layer2, layer3, avgpool)), fc);

    private static Sequential Stage(int inputChannels, int channels, int blocks, int stride) => torch.nn.Sequential(
        Enumerable.Range(0, blocks).Select(torch.nn.Module<torch.Tensor, torch.Tensor> (position) =>
            new BasicBlock(position == 0 ? inputChannels : channels, channels, position == 0 ? stride : 1)));

    private static int Channels(double wanted) => Math.Max(1, (int)Math.Round(wanted));
}
