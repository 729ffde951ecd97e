using TorchSharp;

namespace Ensemble.Models;

/// <summary>A network of which a part is computed from training images before the first step, and then stays.</summary>
/// <remarks>Only a fresh network is initialised so: one whose weights are read from a file has that part in the file.</remarks>
public interface IDataInitialised
{
    /// <summary>Computes the part; the same images give the same weights.</summary>
    /// <param name="images">
    /// [N, C, H, W] float32, training images normalised as the network will see them, without augmentation, on any device;
    /// some thousands are enough. The caller keeps them.
    /// </param>
    void InitialiseFrom(torch.Tensor images);
}
