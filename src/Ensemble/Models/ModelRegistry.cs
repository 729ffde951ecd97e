using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models;

/// <summary>The families of networks by name.</summary>
public sealed class ModelRegistry
{
    private readonly List<IModelFamily> _families = [];

    /// <summary>The families, in the order of registration.</summary>
    public IReadOnlyList<IModelFamily> Families => _families;

    /// <summary>Every family of this library.</summary>
    public static ModelRegistry CreateDefault() => new ModelRegistry()
        .Add(new CifarResNetFamily())
        .Add(new MlpFamily());

    /// <summary>Adds a family; it is asked after those that are there.</summary>
    public ModelRegistry Add(IModelFamily family)
    {
        _families.Add(family);
        return this;
    }

    /// <summary>Builds a network with fresh weights.</summary>
    /// <param name="name">The architecture's name; case is ignored.</param>
    /// <param name="input">The images' shape.</param>
    /// <param name="classCount">The number of outputs, at least 2.</param>
    /// <param name="seed">What the weights are drawn from; the same seed gives the same weights.</param>
    /// <returns>A module from [N, C, H, W] float32 normalised images to [N, classCount] float32 logits; the caller disposes it.</returns>
    /// <exception cref="UnknownNameException">No family knows the name.</exception>
    public torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ImageShape input, int classCount, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        torch.manual_seed(unchecked((long)seed));
        foreach (var family in _families)
        {
            if (family.TryCreate(name.ToLowerInvariant(), input, classCount) is { } network)
            {
                return network;
            }
        }

        throw new UnknownNameException("model", name, [.. _families.SelectMany(family => family.Examples)]);
    }
}
