using Ensemble.Training;

namespace Ensemble.Distillation;

/// <summary>Distillation from each member of an ensemble at once: Hinton, Vinyals and Dean 2015 (arXiv 1503.02531), averaged over members.</summary>
/// <remarks>
/// loss = w CE(y, softmax(z)) + s T^2 sum_m a_m KL(softmax(v_m / T) || softmax(z / T)), a_m being 1 / M or the ensemble's
/// weights. Since the KL is linear in its first distribution but for the entropy, the gradient is that of <c>kd</c> with the
/// arithmetic mean; the value is larger by T^2 times the members' generalised Jensen-Shannon divergence, how much they
/// disagree, which no student can undo. Nothing is averaged but losses: the option for averaging is not asked.
/// </remarks>
public sealed class MeanMemberDivergence : IObjective
{
    private readonly ObjectiveOptions _options;

    /// <param name="options">Temperature, weights, label smoothing.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public MeanMemberDivergence(ObjectiveOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "mean-kl";

    /// <inheritdoc/>
    public bool NeedsTeachers => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no teacher logits.</exception>
    public LossTerms Compute(ObjectiveInput input)
    {
        var temperature = _options.Temperature;
        var members = (WeightedTerms.RequireTeachers(input) / temperature).log_softmax(2).unbind(0);
        var student = (input.StudentLogits / temperature).log_softmax(1);
        var divergences = members.Select(member => KlDivergence.BatchMean(member, student)).ToArray();
        return WeightedTerms.Combine(
            input, _options, ("soft", MemberMean.Of(divergences, input.TeacherWeights), _options.SoftShare * temperature * temperature));
    }
}
