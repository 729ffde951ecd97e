using TorchSharp;

namespace Ensemble.Training;

/// <summary>Something frozen that a student learns from. A teacher cannot be trained through this.</summary>
public interface ITeacher
{
    /// <summary>Each member's logits of a batch.</summary>
    /// <param name="images">[B, C, H, W] float32, normalised.</param>
    /// <returns>[M, B, classes] float32, off the tape; the caller disposes it.</returns>
    torch.Tensor Logits(torch.Tensor images);
}
