using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.MobileNets;

/// <summary>A MobileNetV2 for images of 32 pixels, as the CIFAR benchmark has it; weight names as there.</summary>
internal sealed class MobileNetV2 : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    private const int StemChannels = 32;
    private const int HeadChannels = 1280;

    // Expansion, channels, blocks, stride: the paper's table 2, but for the stride of 1 in the second row, which keeps 32 pixels larger.
    private static readonly (int Expansion, int Channels, int Blocks, int Stride)[] s_stages =
        [(1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    // The last block at each resolution.
    private static readonly int[] s_stageEnds = [1, 2, 4, 6];

    private readonly Sequential conv1;
    private readonly ModuleList<Sequential> blocks;
    private readonly Sequential conv2;
    private readonly Sequential classifier;
    private readonly AdaptiveAvgPool2d avgpool;

    /// <param name="width">Multiplies the channels; the last convolution's 1280 only where it is above 1.</param>
    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public MobileNetV2(double width, int inputChannels, int classCount)
        : base(nameof(MobileNetV2))
    {
        var channels = Channels(StemChannels, width);
        conv1 = Convolution(inputChannels, channels, 3, 2);
        blocks = torch.nn.ModuleList<Sequential>();
        foreach (var stage in s_stages)
        {
            blocks.append(Stage(stage, channels, Channels(stage.Channels, width)));
            channels = Channels(stage.Channels, width);
        }

        var features = Channels(HeadChannels, Math.Max(1, width));
        conv2 = Convolution(channels, features, 1, 1);
        classifier = torch.nn.Sequential(torch.nn.Linear(features, classCount));
        avgpool = torch.nn.AdaptiveAvgPool2d(1);
        RegisterComponents();
        ConvolutionInitialization.KaimingFanOut(this);
        ClassifierInitialization.Small(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => [.. s_stageEnds.Select(end => new NetworkStage($"{nameof(blocks)}.{end}", blocks[end]))];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = conv1.call(input);
        foreach (var stage in blocks)
        {
            features = stage.call(features);
        }

        return classifier.call(avgpool.call(conv2.call(features)).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) =>
        graph.Apply(graph.Flatten(graph.Apply(input, [conv1, .. blocks, conv2, avgpool])), classifier);

    private static Sequential Stage((int Expansion, int Channels, int Blocks, int Stride) stage, int inputChannels, int channels) =>
        torch.nn.Sequential(Enumerable.Range(0, stage.Blocks).Select(torch.nn.Module<torch.Tensor, torch.Tensor> (position) =>
            new InvertedResidual(position == 0 ? inputChannels : channels, channels, position == 0 ? stage.Stride : 1, stage.Expansion)));

    private static Sequential Convolution(int inputChannels, int channels, int side, int stride) => torch.nn.Sequential(
        torch.nn.Conv2d(inputChannels, channels, side, stride: stride, padding: side / 2, bias: false),
        torch.nn.BatchNorm2d(channels),
        torch.nn.ReLU(inplace: true));

    // Cut, not rounded, as the benchmark does.
    private static int Channels(int channels, double width) => Math.Max(1, (int)(channels * width));
}
