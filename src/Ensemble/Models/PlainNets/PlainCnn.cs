using Ensemble.Data;
using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.PlainNets;

/// <summary>3x3 convolutions with batch norm, ReLU and a max pool each, then the map's mean and one linear layer.</summary>
internal sealed class PlainCnn : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork, IGraphSource
{
    private readonly Sequential features;
    private readonly AdaptiveAvgPool2d avgpool;
    private readonly Linear classifier;
    private readonly int[] _stageEnds;

    /// <param name="widths">Channels of each convolution.</param>
    /// <param name="input">The images' shape; a map of one row or column is no longer pooled.</param>
    /// <param name="classCount">Number of logits.</param>
    public PlainCnn(IReadOnlyList<int> widths, ImageShape input, int classCount)
        : base(nameof(PlainCnn))
    {
        var steps = new List<torch.nn.Module<torch.Tensor, torch.Tensor>>();
        var stageEnds = new List<int>();
        var inputs = input.Channels;
        var side = Math.Min(input.Height, input.Width);
        foreach (var channels in widths)
        {
            steps.Add(torch.nn.Conv2d(inputs, channels, 3, padding: 1, bias: false));
            steps.Add(torch.nn.BatchNorm2d(channels));
            steps.Add(torch.nn.ReLU(inplace: true));
            if (side > 1)
            {
                steps.Add(torch.nn.MaxPool2d(2));
            }

            stageEnds.Add(steps.Count - 1);
            inputs = channels;
            side /= 2;
        }

        _stageEnds = [.. stageEnds];
        features = torch.nn.Sequential(steps);
        avgpool = torch.nn.AdaptiveAvgPool2d(1);
        classifier = torch.nn.Linear(inputs, classCount);
        RegisterComponents();
        ConvolutionInitialization.KaimingFanOut(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => [.. _stageEnds.Select(end =>
        new NetworkStage($"{nameof(features)}.{end}", (torch.nn.Module<torch.Tensor, torch.Tensor>)features.children().ElementAt(end)))];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        return classifier.call(avgpool.call(features.call(input)).flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) =>
        graph.Apply(graph.Flatten(graph.Apply(input, features, avgpool)), classifier);
}
