using Ensemble.Acceleration;
using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.WideResNets;

/// <summary>A wide residual network; weight names as in the CIFAR benchmark's.</summary>
internal sealed class WideResNet : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    private readonly Conv2d conv1;
    private readonly WideStage block1;
    private readonly WideStage block2;
    private readonly WideStage block3;
    private readonly BatchNorm2d bn1;
    private readonly ReLU relu;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear fc;

    /// <param name="blocksPerStage">n of depth = 6n + 4.</param>
    /// <param name="width">Multiplies 16, 32 and 64 channels; the first convolution keeps 16.</param>
    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public WideResNet(int blocksPerStage, int width, int inputChannels, int classCount)
        : base(nameof(WideResNet))
    {
        conv1 = torch.nn.Conv2d(inputChannels, 16, 3, padding: 1, bias: false);
        block1 = new WideStage(16, 16 * width, blocksPerStage, 1);
        block2 = new WideStage(16 * width, 32 * width, blocksPerStage, 2);
        block3 = new WideStage(32 * width, 64 * width, blocksPerStage, 2);
        bn1 = torch.nn.BatchNorm2d(64 * width);
        relu = torch.nn.ReLU(inplace: true);
        avgpool = torch.nn.AdaptiveAvgPool2d(1);
        fc = torch.nn.Linear(64 * width, classCount);
        RegisterComponents();
        ConvolutionInitialization.KaimingFanOut(this);
        torch.nn.init.zeros_(fc.bias!).Dispose();
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => [new(nameof(block1), block1), new(nameof(block2), block2), new(nameof(block3), block3)];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = block3.call(block2.call(block1.call(conv1.call(input))));
        features = FusedNorm.Call(bn1, features, Activation.Relu);
        return fc.call(avgpool.call(features).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) =>
        graph.Apply(graph.Flatten(graph.Apply(input, conv1, block1, block2, block3, bn1, relu, avgpool)), fc);
}
