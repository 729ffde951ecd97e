using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models;

/// <summary>Flattened pixels through ReLU layers to logits.</summary>
internal sealed class Mlp : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    // Of the values of an image, and of the units of a hidden layer, while training (Hinton et al. 2012, arXiv 1207.0580).
    private const double InputDropout = 0.2;
    private const double HiddenDropout = 0.5;

    private readonly Sequential layers;

    /// <param name="inputCount">Values in one image.</param>
    /// <param name="widths">Units of each hidden layer.</param>
    /// <param name="dropout">Whether values are dropped while training: 20% of the inputs, 50% of the hidden units.</param>
    /// <param name="classCount">Number of logits.</param>
    public Mlp(int inputCount, IReadOnlyList<int> widths, bool dropout, int classCount)
        : base(nameof(Mlp))
    {
        var steps = new List<torch.nn.Module<torch.Tensor, torch.Tensor>> { torch.nn.Flatten() };
        var inputs = inputCount;
        if (dropout)
        {
            steps.Add(torch.nn.Dropout(InputDropout));
        }

        foreach (var units in widths)
        {
            steps.Add(torch.nn.Linear(inputs, units));
            steps.Add(torch.nn.ReLU());
            inputs = units;
            if (dropout)
            {
                steps.Add(torch.nn.Dropout(HiddenDropout));
            }
        }

        steps.Add(torch.nn.Linear(inputs, classCount));
        layers = torch.nn.Sequential(steps);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) => layers.call(input);

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) => graph.Apply(input, layers);
}
