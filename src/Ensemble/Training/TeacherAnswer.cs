using TorchSharp;

namespace Ensemble.Training;

/// <summary>What teachers answer to a batch, and the inner maps on the way.</summary>
public sealed class TeacherAnswer
{
    /// <summary>[M, B, classes] float32, off the tape; the caller disposes it.</summary>
    public required torch.Tensor Logits { get; init; }

    /// <summary>For each member, [B, C, H, W] float32 for each stage asked for, off the tape; the caller disposes them.</summary>
    public required IReadOnlyList<IReadOnlyList<torch.Tensor>> Maps { get; init; }
}
