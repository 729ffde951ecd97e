using Ensemble.Teachers;
using Ensemble.Training;

namespace Ensemble.Distillation;

/// <summary>Regression on the ensemble's logits (Ba and Caruana 2014, arXiv 1312.6184, equation 1).</summary>
/// <remarks>
/// loss = w CE(y, softmax(z)) + s / (2 B C) sum_bc (z_bc - v_bc)^2, where v are the members' mean logits: the paper's square
/// with the mean over classes too, so that it is the limit of <c>kd</c> at high temperature for logits of mean zero. The mean
/// of logits is the geometric mean of the probabilities up to a constant in each row, which is matched as well; the option
/// for averaging is not asked, for the arithmetic mean has no logits of its own. Reads the weights and the label smoothing.
/// </remarks>
public sealed class LogitMatching : IObjective
{
    private readonly ObjectiveOptions _options;

    /// <param name="options">Weights, label smoothing.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public LogitMatching(ObjectiveOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "logits";

    /// <inheritdoc/>
    public bool NeedsTeachers => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no teacher logits.</exception>
    public LossTerms Compute(ObjectiveInput input)
    {
        var target = EnsembleAverage.MeanLogits(WeightedTerms.RequireTeachers(input), input.TeacherWeights);
        var squares = (input.StudentLogits - target).square().mean();
        return WeightedTerms.Combine(input, _options, ("logits", squares, _options.SoftShare / 2));
    }
}
