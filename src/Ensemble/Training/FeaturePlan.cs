using TorchSharp;

namespace Ensemble.Training;

/// <summary>Which maps an <see cref="IFeatureObjective"/> compares.</summary>
public sealed class FeaturePlan
{
    /// <summary>Places of the student's stages whose maps are wanted, from 0.</summary>
    public required IReadOnlyList<int> StudentStages { get; init; }

    /// <summary>For each teacher, places of its stages whose maps are wanted, from 0.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> MemberStages { get; init; }

    /// <summary>
    /// Modules that are trained with the student, in the checkpoint beside it and not exported with it, such as regressors;
    /// null for none. Whoever asked for the plan disposes them.
    /// </summary>
    public torch.nn.Module? Adapters { get; init; }
}
