using Ensemble.Teachers;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>Decoupled knowledge distillation (Zhao et al. 2022, arXiv 2203.08679, equations 5 to 7).</summary>
/// <remarks>
/// loss = w CE(y, softmax(z)) + s T^2 (alpha KL(b || b') + beta KL(p^ || q^)): b = (p_y, 1 - p_y) is the ensemble's softened
/// probability of the label against all others, p^ its distribution over the others alone; b' and q^ are the student's. The
/// paper has w = s = 1, and lets the terms of the teacher grow over the first epochs, which is the trainer's matter. Where
/// images are mixed, both terms are taken at either label and weighed by its share, as the cross-entropy is.
/// </remarks>
public sealed class DecoupledDistillation : IObjective
{
    // Below any log-probability, so that a class has none; not infinite, which would make 0 * infinity of it.
    private const double NoLogit = -1e9;

    private readonly ObjectiveOptions _options;

    /// <param name="options">Temperature, alpha, beta, weights, label smoothing, averaging.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public DecoupledDistillation(ObjectiveOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "dkd";

    /// <inheritdoc/>
    public bool NeedsTeachers => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no teacher logits.</exception>
    public LossTerms Compute(ObjectiveInput input)
    {
        var temperature = _options.Temperature;
        var teacher = EnsembleAverage.LogProbabilities(
            WeightedTerms.RequireTeachers(input), temperature, _options.Averaging, input.TeacherWeights);
        var student = (input.StudentLogits / temperature).log_softmax(1);
        var (target, others) = Divergences(teacher, student, input.Labels);
        if (input.MixLabels is { } mixLabels && input.MixWeights is { } mixWeights)
        {
            var (mixTarget, mixOthers) = Divergences(teacher, student, mixLabels);
            target = (target * (1 - mixWeights)) + (mixTarget * mixWeights);
            others = (others * (1 - mixWeights)) + (mixOthers * mixWeights);
        }

        var scale = _options.SoftShare * temperature * temperature;
        return WeightedTerms.Combine(
            input, _options, ("target", target.mean(), scale * _options.DkdAlpha), ("others", others.mean(), scale * _options.DkdBeta));
    }

    // [B] each: KL(b || b') and KL(p^ || q^).
    private static (torch.Tensor Target, torch.Tensor Others) Divergences(torch.Tensor teacher, torch.Tensor student, torch.Tensor labels)
    {
        var column = labels.unsqueeze(1);
        var mask = torch.nn.functional.one_hot(labels, teacher.size(1)).@bool();
        var (teacherOthers, studentOthers) = (teacher.masked_fill(mask, NoLogit), student.masked_fill(mask, NoLogit));
        var binary = Divergence(Binary(teacher, teacherOthers, column), Binary(student, studentOthers, column));
        return (binary, Divergence(teacherOthers.log_softmax(1), studentOthers.log_softmax(1)));
    }

    // [B, 2]: log p_y and log (1 - p_y), the latter as a sum over the others, which keeps its digits where p_y is near 1.
    private static torch.Tensor Binary(torch.Tensor logProbabilities, torch.Tensor others, torch.Tensor column) =>
        torch.cat([logProbabilities.gather(1, column), others.logsumexp(1, keepdim: true)], 1);

    private static torch.Tensor Divergence(torch.Tensor logReference, torch.Tensor logCandidate) =>
        (logReference.exp() * (logReference - logCandidate)).sum(1);
}
