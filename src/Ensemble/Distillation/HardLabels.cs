using Ensemble.Training;

namespace Ensemble.Distillation;

/// <summary>The cross-entropy with the labels: how teachers and baselines are trained.</summary>
public sealed class HardLabels : IObjective
{
    /// <inheritdoc/>
    public string Name => "hard";

    /// <inheritdoc/>
    public bool NeedsTeachers => false;

    /// <inheritdoc/>
    public LossTerms Compute(ObjectiveInput input) => new(("hard", LabelCrossEntropy.BatchMean(input)));
}
