using Ensemble.Teachers;
using Ensemble.Training;

namespace Ensemble.Distillation;

/// <summary>Knowledge distillation (Hinton, Vinyals and Dean 2015, arXiv 1503.02531, section 2).</summary>
/// <remarks>
/// loss = w CE(y, softmax(z)) + s T^2 KL(p_T || softmax(z / T)), where z are the student's logits, p_T the ensemble's softened
/// distribution, and s is 1 - w unless given. T^2 undoes the 1 / T^2 by which the gradients of soft targets shrink; the KL
/// differs from the paper's cross-entropy by the entropy of p_T, which the student cannot change.
/// </remarks>
public sealed class SoftTargetDistillation : IObjective
{
    private readonly ObjectiveOptions _options;

    /// <param name="options">Temperature, weights, label smoothing, averaging.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public SoftTargetDistillation(ObjectiveOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "kd";

    /// <inheritdoc/>
    public bool NeedsTeachers => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no teacher logits.</exception>
    public LossTerms Compute(ObjectiveInput input)
    {
        var temperature = _options.Temperature;
        var softTargets = EnsembleAverage.LogProbabilities(
            WeightedTerms.RequireTeachers(input), temperature, _options.Averaging, input.TeacherWeights);
        var softened = (input.StudentLogits / temperature).log_softmax(1);
        return WeightedTerms.Combine(
            input, _options, ("soft", KlDivergence.BatchMean(softTargets, softened), _options.SoftShare * temperature * temperature));
    }
}
