using Ensemble.Teachers;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>Distillation of standardised logits (Sun et al. 2024, arXiv 2403.01427, algorithm 1).</summary>
/// <remarks>
/// loss = w CE(y, softmax(z)) + s T^2 KL(softmax(Z(v) / T) || softmax(Z(z) / T)), with Z(x) = (x - mean(x)) / (std(x) + 1e-7)
/// over the classes of a row, the deviation divided by C: the student need not match the teacher's scale. The ensemble is
/// one teacher here: its members are averaged at temperature 1, and v are the log-probabilities of that average, which are
/// logits too (a constant added to a row leaves Z as it is); softening before the average would undo what the deviation
/// measures. For the geometric mean v is the mean logit. The authors take w = 0.1, s = 9 and T = 2 on CIFAR-100.
/// </remarks>
public sealed class StandardizedDistillation : IObjective
{
    private const double Epsilon = 1e-7;

    private readonly ObjectiveOptions _options;

    /// <param name="options">Temperature, weights, label smoothing, averaging.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public StandardizedDistillation(ObjectiveOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "kd-std";

    /// <inheritdoc/>
    public bool NeedsTeachers => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no teacher logits.</exception>
    public LossTerms Compute(ObjectiveInput input)
    {
        var temperature = _options.Temperature;
        var ensemble = EnsembleAverage.LogProbabilities(
            WeightedTerms.RequireTeachers(input), 1, _options.Averaging, input.TeacherWeights);
        var teacher = (Standardize(ensemble) / temperature).log_softmax(1);
        var student = (Standardize(input.StudentLogits) / temperature).log_softmax(1);
        return WeightedTerms.Combine(
            input, _options, ("soft", KlDivergence.BatchMean(teacher, student), _options.SoftShare * temperature * temperature));
    }

    private static torch.Tensor Standardize(torch.Tensor logits)
    {
        var centred = logits - logits.mean([1], keepdim: true);
        // A norm, whose gradient is 0 and not infinite where all logits of a row are equal.
        var deviation = centred.norm(1, keepdim: true) / Math.Sqrt(logits.size(1));
        return centred / (deviation + Epsilon);
    }
}
