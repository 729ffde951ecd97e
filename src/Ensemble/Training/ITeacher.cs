using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Training;

/// <summary>Something frozen that a student learns from. A teacher cannot be trained through this.</summary>
public interface ITeacher
{
    /// <summary>[M] the members' weights in their average, each at least 0, with sum 1; null for equal ones.</summary>
    IReadOnlyList<double>? Weights => null;

    /// <summary>Each member's logits of a batch.</summary>
    /// <param name="batch">The images, and which samples in which view they are; the caller owns it.</param>
    /// <returns>[M, B, classes] float32 on the batch's device, off the tape; the caller disposes it.</returns>
    torch.Tensor Logits(Batch batch);
}
