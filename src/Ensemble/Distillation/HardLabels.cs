using Ensemble.Training;

namespace Ensemble.Distillation;

/// <summary>The cross-entropy with the labels: how teachers and baselines are trained.</summary>
public sealed class HardLabels : IObjective
{
    private readonly double _labelSmoothing;

    /// <param name="labelSmoothing">The share of each label that is spread over all classes, 0 to below 1; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public HardLabels(double labelSmoothing = 0)
    {
        if (!(labelSmoothing is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "must be 0 to below 1");
        }

        _labelSmoothing = labelSmoothing;
    }

    /// <inheritdoc/>
    public string Name => "hard";

    /// <inheritdoc/>
    public bool NeedsTeachers => false;

    /// <inheritdoc/>
    public LossTerms Compute(ObjectiveInput input) => new(("hard", LabelCrossEntropy.BatchMean(input, _labelSmoothing)));
}
