using TorchSharp;

namespace Ensemble.Training;

/// <summary>What the loss of one batch is made of.</summary>
public sealed class ObjectiveInput
{
    /// <summary>[B, C] float32, on the tape.</summary>
    public required torch.Tensor StudentLogits { get; init; }

    /// <summary>[B] int64, classes.</summary>
    public required torch.Tensor Labels { get; init; }

    /// <summary>[B] int64, the classes of the images that are mixed in; null when none are.</summary>
    public torch.Tensor? MixLabels { get; init; }

    /// <summary>[B] float32, the share of <see cref="MixLabels"/> in each row, 0 to 1; null when there are none.</summary>
    public torch.Tensor? MixWeights { get; init; }

    /// <summary>[M, B, C] float32: each teacher's logits of the same views, off the tape; null without teachers.</summary>
    public torch.Tensor? TeacherLogits { get; init; }

    /// <summary>[M] the teachers' weights in their average, each at least 0, with sum 1; null for equal ones.</summary>
    public IReadOnlyList<double>? TeacherWeights { get; init; }

    /// <summary>The inner maps that an <see cref="IFeatureObjective"/> planned for; null for every other objective.</summary>
    public FeatureMaps? Features { get; init; }
}
