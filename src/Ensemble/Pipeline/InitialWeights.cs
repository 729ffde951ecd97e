using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Teachers.Specialists;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>What a network of a <see cref="Workbench"/> begins with, where that is not fresh weights.</summary>
/// <param name="Network">Whose weights are taken, where names and shapes are the same.</param>
public sealed record InitialWeights(WorkbenchNetwork Network)
{
    /// <summary>
    /// Which of that network's classes the new one has, in its order, where its last stands for all others: the classifier then
    /// begins as <see cref="SpecialistHead"/> says. Default null: with fresh weights, unless it has the same shape.
    /// </summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>Copies the weights.</summary>
    /// <param name="network">The network that begins.</param>
    internal void CopyTo(torch.nn.Module network)
    {
        var own = network.state_dict();
        var taken = ModelFile.ReadWeights(Network.Folder).Tensors
            .Where(found => own.ContainsKey(found.Name))
            .Select(found => IsHead(found, own[found.Name]) ? SpecialistHead.Of(found, Classes!) : found)
            .Where(found => found.Shape.SequenceEqual(own[found.Name].shape))
            .ToArray();
        StateTensors.Import(taken.ToDictionary(found => found.Name, found => own[found.Name]), taken, Path.Combine(Network.Folder, ModelFile.WeightsName));
    }

    private bool IsHead(TensorRecord found, torch.Tensor target) =>
        Classes is not null
        && found.Shape.Count > 0
        && found.Shape[0] == Network.Record.ClassNames.Count
        && target.shape[0] == Classes.Count + 1
        && found.Shape.Skip(1).SequenceEqual(target.shape.Skip(1));
}
