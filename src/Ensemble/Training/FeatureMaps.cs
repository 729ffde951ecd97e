using TorchSharp;

namespace Ensemble.Training;

/// <summary>The inner maps of one batch, as a <see cref="FeaturePlan"/> chose them; the caller of the objective owns them.</summary>
public sealed class FeatureMaps
{
    /// <summary>[B, C, H, W] float32 for each of the plan's student stages, on the tape.</summary>
    public required IReadOnlyList<torch.Tensor> Student { get; init; }

    /// <summary>For each teacher, [B, C, H, W] float32 for each of the plan's stages, off the tape.</summary>
    public required IReadOnlyList<IReadOnlyList<torch.Tensor>> Members { get; init; }

    /// <summary>The plan's adapters; null for none.</summary>
    public torch.nn.Module? Adapters { get; init; }
}
