using Ensemble.Teachers;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>The mean of what was computed for each member of an ensemble.</summary>
internal static class MemberMean
{
    /// <summary>sum_m w_m x_m.</summary>
    /// <param name="values">A scalar for each member, at least one.</param>
    /// <param name="weights">[M] with sum 1; null for 1 / M each.</param>
    /// <returns>A scalar; the caller's dispose scope owns it.</returns>
    /// <exception cref="ArgumentException">The weights are out of range.</exception>
    public static torch.Tensor Of(IReadOnlyList<torch.Tensor> values, IReadOnlyList<double>? weights)
    {
        if (weights is not null)
        {
            EnsembleAverage.RequireWeights(weights, values.Count);
        }

        return values.Select((value, member) => value * (weights?[member] ?? (1.0 / values.Count))).Aggregate((sum, value) => sum + value);
    }
}
