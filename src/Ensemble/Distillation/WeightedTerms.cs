using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>The two halves that every method has: the labels, and what the teachers say.</summary>
internal static class WeightedTerms
{
    /// <summary>w CE(z, y) as <c>hard</c> where w is above 0, then the method's own terms, each times its scale.</summary>
    /// <param name="input">Logits and labels.</param>
    /// <param name="options">The weight and the smoothing of the labels.</param>
    /// <param name="terms">The method's terms: name, value, scale. Its share of the loss is in the scale.</param>
    public static LossTerms Combine(
        ObjectiveInput input, ObjectiveOptions options, params (string Name, torch.Tensor Value, double Scale)[] terms)
    {
        var scaled = terms.Select(term => (term.Name, term.Value * term.Scale));
        return options.HardWeight == 0
            ? new LossTerms([.. scaled])
            : new LossTerms([("hard", LabelCrossEntropy.BatchMean(input, options.LabelSmoothing) * options.HardWeight), .. scaled]);
    }

    /// <summary>The teachers' logits, which the method cannot do without.</summary>
    /// <returns>[M, B, C] float32, the caller's.</returns>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static torch.Tensor RequireTeachers(ObjectiveInput input) =>
        input.TeacherLogits ?? throw new ArgumentException("soft targets need teacher logits", nameof(input));
}
