using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>Attention transfer (Zagoruyko and Komodakis 2017, arXiv 1612.03928, section 3.1, equation 2).</summary>
/// <remarks>
/// loss = the terms of <c>kd</c> + beta sum_j mean((Q_j / |Q_j| - Q'_j / |Q'_j|)^2): Q_j is the attention map of stage j, the
/// sum over channels of the squares of its values, as a vector over the places; the mean is over places and images, as in the
/// authors' code. Of several teachers the mean is taken. Stages are paired from the last backwards, as many as both networks
/// have; the larger of two maps is averaged down to the smaller. A hard weight of 1 with a soft weight of 0 is the paper's
/// loss without soft targets. Reads what <c>kd</c> reads, and the attention weight.
/// </remarks>
public sealed class AttentionTransfer : IFeatureObjective
{
    private readonly ObjectiveOptions _options;
    private readonly SoftTargetDistillation _distillation;

    /// <param name="options">Temperature, weights, label smoothing, averaging, attention weight.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public AttentionTransfer(ObjectiveOptions options)
    {
        _distillation = new SoftTargetDistillation(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "attention";

    /// <inheritdoc/>
    public bool NeedsTeachers => true;

    /// <inheritdoc/>
    public FeaturePlan Plan(IReadOnlyList<StageShape> student, IReadOnlyList<IReadOnlyList<StageShape>> members, ulong seed)
    {
        var count = Math.Min(student.Count, members.Min(member => member.Count));
        return new FeaturePlan { StudentStages = Last(student.Count, count), MemberStages = [.. members.Select(member => Last(member.Count, count))] };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no teacher logits or no maps.</exception>
    public LossTerms Compute(ObjectiveInput input)
    {
        var features = input.Features ?? throw new ArgumentException("attention transfer needs maps", nameof(input));
        var distances = features.Members.Select(maps => Distance(features.Student, maps)).ToArray();
        var attention = MemberMean.Of(distances, input.TeacherWeights) * _options.AttentionWeight;
        return new LossTerms([.. _distillation.Compute(input).Terms, ("attention", attention)]);
    }

    private static torch.Tensor Distance(IReadOnlyList<torch.Tensor> student, IReadOnlyList<torch.Tensor> teacher) =>
        student.Zip(teacher, (own, others) =>
        {
            var (candidate, reference) = MapSize.Match(own, others);
            return (Attention(candidate) - Attention(reference)).square().mean();
        }).Aggregate((sum, distance) => sum + distance);

    // [B, H W], each row of length 1.
    private static torch.Tensor Attention(torch.Tensor map) =>
        torch.nn.functional.normalize(map.square().mean([1]).flatten(1));

    private static int[] Last(int count, int wanted) => [.. Enumerable.Range(count - wanted, wanted)];
}
