using Ensemble.Teachers;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>DIST, distillation of relations (Huang et al. 2022, arXiv 2205.10536, section 4).</summary>
/// <remarks>
/// loss = w CE(y, softmax(z)) + s T^2 (beta (1 / B) sum_b d(q_b, p_b) + gamma (1 / C) sum_c d(q_c, p_c)), where q = softmax(z / T)
/// and p, the ensemble's softened distribution, are [B, C], q_b is a row (how the classes of an image relate) and q_c a column
/// (how the images of a batch relate in a class), and d = 1 - Pearson's correlation. T^2 is the authors' code's. The paper has
/// w = s = 1. A row or column of equal values correlates with nothing: d is 1, with no gradient. In a batch of one image no
/// column is there to relate, and that term is 0.
/// </remarks>
public sealed class RelationDistillation : IObjective
{
    private const double Epsilon = 1e-8;

    private readonly ObjectiveOptions _options;

    /// <param name="options">Temperature, beta, gamma, weights, label smoothing, averaging.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public RelationDistillation(ObjectiveOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "dist";

    /// <inheritdoc/>
    public bool NeedsTeachers => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no teacher logits.</exception>
    public LossTerms Compute(ObjectiveInput input)
    {
        var temperature = _options.Temperature;
        var teacher = EnsembleAverage.LogProbabilities(
            WeightedTerms.RequireTeachers(input), temperature, _options.Averaging, input.TeacherWeights).exp();
        var student = (input.StudentLogits / temperature).softmax(1);
        var inter = Distance(student, teacher, 1);
        var intra = teacher.size(0) > 1 ? Distance(student, teacher, 0) : student.sum() * 0;
        var scale = _options.SoftShare * temperature * temperature;
        return WeightedTerms.Combine(
            input, _options, ("inter", inter, scale * _options.DistInterWeight), ("intra", intra, scale * _options.DistIntraWeight));
    }

    // The mean of 1 - Pearson's correlation along a dimension.
    private static torch.Tensor Distance(torch.Tensor student, torch.Tensor teacher, int dimension) =>
        1 - (Direction(student, dimension) * Direction(teacher, dimension)).sum(dimension).mean();

    private static torch.Tensor Direction(torch.Tensor values, int dimension)
    {
        var centred = values - values.mean([dimension], keepdim: true);
        return centred / centred.norm(dimension, keepdim: true).clamp_min(Epsilon);
    }
}
