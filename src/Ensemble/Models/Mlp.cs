using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models;

/// <summary>Flattened pixels through ReLU layers to logits.</summary>
internal sealed class Mlp : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Sequential layers;

    /// <param name="inputCount">Values in one image.</param>
    /// <param name="widths">Units of each hidden layer.</param>
    /// <param name="classCount">Number of logits.</param>
    public Mlp(int inputCount, IReadOnlyList<int> widths, int classCount)
        : base(nameof(Mlp))
    {
        var steps = new List<torch.nn.Module<torch.Tensor, torch.Tensor>> { torch.nn.Flatten() };
        var inputs = inputCount;
        foreach (var units in widths)
        {
            steps.Add(torch.nn.Linear(inputs, units));
            steps.Add(torch.nn.ReLU());
            inputs = units;
        }

        steps.Add(torch.nn.Linear(inputs, classCount));
        layers = torch.nn.Sequential(steps);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) => layers.call(input);
}
