using TorchSharp;

namespace Ensemble.Teachers;

/// <summary>Averages the members of an ensemble into one distribution.</summary>
public static class EnsembleAverage
{
    private const double WeightSumTolerance = 1e-6;

    /// <summary>The logarithm of the averaged distribution at a temperature.</summary>
    /// <param name="memberLogits">[M, B, C] float32 logits of M members.</param>
    /// <param name="temperature">T, above 0; 1 for the answers as they are.</param>
    /// <param name="averaging">How members are averaged; the fitted mean needs weights.</param>
    /// <param name="weights">[M] the members' weights, each at least 0, with sum 1; null for 1 / M each.</param>
    /// <returns>
    /// [B, C] float32 log-probabilities: log sum_m w_m softmax(z_m / T) for the arithmetic and the fitted mean,
    /// log softmax(sum_m w_m z_m / T) for the geometric one. On the tape if the logits are; the caller disposes it.
    /// </returns>
    /// <exception cref="ArgumentException">A dimension, the temperature or the weights are out of range.</exception>
    public static torch.Tensor LogProbabilities(
        torch.Tensor memberLogits, double temperature, Averaging averaging, IReadOnlyList<double>? weights = null)
    {
        if (memberLogits.dim() != 3)
        {
            throw new ArgumentException($"must be [M, B, C]; has {memberLogits.dim()} dimensions", nameof(memberLogits));
        }

        if (!(double.IsFinite(temperature) && temperature > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "must be above 0");
        }

        if (averaging == Averaging.Fitted && weights is null)
        {
            throw new ArgumentException("the fitted mean needs weights: fit them on validation data", nameof(weights));
        }

        using var scope = torch.NewDisposeScope();
        var softened = memberLogits / temperature;
        var average = averaging switch
        {
            // log-sum-exp of log-probabilities: a mean of softmaxes whose logarithm would round small probabilities to zero.
            Averaging.Arithmetic or Averaging.Fitted => weights is null
                ? softened.log_softmax(2).logsumexp(0) - Math.Log(memberLogits.size(0))
                : (softened.log_softmax(2) + Column(weights, memberLogits).log()).logsumexp(0),
            Averaging.Geometric => MeanLogits(softened, weights).log_softmax(1),
            _ => throw new ArgumentOutOfRangeException(nameof(averaging), averaging, "must be arithmetic, geometric or fitted"),
        };
        return average.MoveToOuterDisposeScope();
    }

    /// <summary>The members' mean logits, whose softmax is the geometric mean of their probabilities, renormalised.</summary>
    /// <param name="memberLogits">[M, B, C] float32 logits of M members.</param>
    /// <param name="weights">[M] the members' weights, each at least 0, with sum 1; null for 1 / M each.</param>
    /// <returns>[B, C] float32; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The weights are out of range.</exception>
    public static torch.Tensor MeanLogits(torch.Tensor memberLogits, IReadOnlyList<double>? weights = null)
    {
        using var scope = torch.NewDisposeScope();
        var mean = weights is null ? memberLogits.mean([0]) : (memberLogits * Column(weights, memberLogits)).sum([0]);
        return mean.MoveToOuterDisposeScope();
    }

    /// <summary>Checks the weights of an ensemble.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="memberCount">M.</param>
    /// <exception cref="ArgumentException">There are not M of them, one is negative or not finite, or their sum is not 1.</exception>
    public static void RequireWeights(IReadOnlyList<double> weights, long memberCount)
    {
        if (weights.Count != memberCount)
        {
            throw new ArgumentException($"{weights.Count} weights for {memberCount} members", nameof(weights));
        }

        if (!weights.All(weight => double.IsFinite(weight) && weight >= 0) || Math.Abs(weights.Sum() - 1) > WeightSumTolerance)
        {
            throw new ArgumentException($"must be at least 0 each with sum 1, are {string.Join(", ", weights)}", nameof(weights));
        }
    }

    // [M, 1, 1] beside [M, B, C].
    private static torch.Tensor Column(IReadOnlyList<double> weights, torch.Tensor memberLogits)
    {
        RequireWeights(weights, memberLogits.size(0));
        float[] values = [.. weights.Select(weight => (float)weight)];
        return torch.tensor(values, [values.Length, 1, 1], device: memberLogits.device);
    }
}
