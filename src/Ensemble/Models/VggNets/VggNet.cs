using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.VggNets;

/// <summary>A VGG with batch norms and one linear layer, as the CIFAR benchmark has it; weight names as there.</summary>
internal sealed class VggNet : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    // From here on the map is halved a fourth time, before the last block, so that it ends at 4x4 as with 32 pixels.
    private const int LargeSide = 64;

    private static readonly int[] s_channels = [64, 128, 256, 512, 512];

    private readonly Sequential block0;
    private readonly Sequential block1;
    private readonly Sequential block2;
    private readonly Sequential block3;
    private readonly Sequential block4;
    private readonly MaxPool2d pool;
    private readonly AdaptiveAvgPool2d pool4;
    private readonly Linear classifier;

    /// <param name="convolutions">3x3 convolutions of each of the five blocks.</param>
    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public VggNet(IReadOnlyList<int> convolutions, int inputChannels, int classCount)
        : base(nameof(VggNet))
    {
        block0 = Block(inputChannels, s_channels[0], convolutions[0]);
        block1 = Block(s_channels[0], s_channels[1], convolutions[1]);
        block2 = Block(s_channels[1], s_channels[2], convolutions[2]);
        block3 = Block(s_channels[2], s_channels[3], convolutions[3]);
        block4 = Block(s_channels[3], s_channels[4], convolutions[4]);
        pool = torch.nn.MaxPool2d(2, stride: 2);
        pool4 = torch.nn.AdaptiveAvgPool2d(1);
        classifier = torch.nn.Linear(s_channels[4], classCount);
        RegisterComponents();
        ConvolutionInitialization.KaimingFanOut(this);
        ClassifierInitialization.Small(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => 
        [new(nameof(block0), block0), new(nameof(block1), block1), new(nameof(block2), block2), new(nameof(block3), block3), new(nameof(block4), block4)];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = pool.call(block0.call(input).relu_());
        features = pool.call(block1.call(features).relu_());
        features = pool.call(block2.call(features).relu_());
        features = block3.call(features).relu_();
        if (input.shape[2] >= LargeSide)
        {
            features = pool.call(features);
        }

        features = pool4.call(block4.call(features).relu_());
        return classifier.call(features.flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input)
    {
        var features = graph.Apply(graph.Relu(graph.Apply(input, block0)), pool);
        features = graph.Apply(graph.Relu(graph.Apply(features, block1)), pool);
        features = graph.Apply(graph.Relu(graph.Apply(features, block2)), pool);
        features = graph.Relu(graph.Apply(features, block3));
        if (input.Height >= LargeSide)
        {
            features = graph.Apply(features, pool);
        }

        return graph.Apply(graph.Flatten(graph.Apply(graph.Relu(graph.Apply(features, block4)), pool4)), classifier);
    }

    // Without the last ReLU, which the forward pass applies in place: a hook at the block then sees the map behind it.
    private static Sequential Block(int inputChannels, int channels, int convolutions)
    {
        var steps = new List<torch.nn.Module<torch.Tensor, torch.Tensor>>();
        for (var position = 0; position < convolutions; position++)
        {
            steps.Add(torch.nn.Conv2d(position == 0 ? inputChannels : channels, channels, 3, padding: 1));
            steps.Add(torch.nn.BatchNorm2d(channels));
            steps.Add(torch.nn.ReLU(inplace: true));
        }

        return torch.nn.Sequential(steps.SkipLast(1));
    }
}
