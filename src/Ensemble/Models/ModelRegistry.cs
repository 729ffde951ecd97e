using Ensemble.Data;
using Ensemble.Models.AirbenchNets;
using Ensemble.Models.MobileNets;
using Ensemble.Models.PlainNets;
using Ensemble.Models.ResNets;
using Ensemble.Models.ShuffleNets;
using Ensemble.Models.VggNets;
using Ensemble.Models.WideResNets;
using TorchSharp;

namespace Ensemble.Models;

/// <summary>The families of networks by name.</summary>
public sealed class ModelRegistry
{
    private static readonly ImageShape s_anyImages = new(3, 32, 32);

    private readonly List<IModelFamily> _families = [];

    /// <summary>The families, in the order of registration.</summary>
    public IReadOnlyList<IModelFamily> Families => _families;

    /// <summary>Every family of this library.</summary>
    public static ModelRegistry CreateDefault() => new ModelRegistry()
        // Before CifarResNetFamily, whose pattern also holds resnet50 and resnet152: see there.
        .Add(new ResNetFamily())
        .Add(new CifarResNetFamily())
        .Add(new WideResNetFamily())
        .Add(new VggFamily())
        .Add(new MobileNetFamily())
        .Add(new ShuffleNetFamily())
        .Add(new AirbenchFamily())
        .Add(new PlainCnnFamily())
        .Add(new MlpFamily());

    /// <summary>Adds a family; it is asked after those that are there.</summary>
    public ModelRegistry Add(IModelFamily family)
    {
        _families.Add(family);
        return this;
    }

    /// <summary>Finds out whether a family knows a name, whatever the images will be.</summary>
    /// <param name="name">The architecture's name; case is ignored.</param>
    /// <exception cref="UnknownNameException">No family knows the name.</exception>
    public void Require(string name)
    {
        try
        {
            Create(name, s_anyImages, classCount: 2, seed: 0).Dispose();
        }
        catch (ImageShapeFaultException)
        {
            // Known, and particular about its images.
        }
    }

    /// <summary>Builds a network with fresh weights.</summary>
    /// <param name="name">The architecture's name; case is ignored.</param>
    /// <param name="input">The images' shape.</param>
    /// <param name="classCount">The number of outputs, at least 2.</param>
    /// <param name="seed">What the weights are drawn from; the same seed gives the same weights.</param>
    /// <returns>A module from [N, C, H, W] float32 normalised images to [N, classCount] float32 logits; the caller disposes it.</returns>
    /// <exception cref="UnknownNameException">No family knows the name.</exception>
    /// <exception cref="ImageShapeFaultException">The architecture does not take images of this shape.</exception>
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
