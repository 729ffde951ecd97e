using TorchSharp;

namespace Ensemble.Teachers;

/// <summary>Averages the members of an ensemble into one distribution.</summary>
public static class EnsembleAverage
{
    /// <summary>The logarithm of the averaged distribution at a temperature.</summary>
    /// <param name="memberLogits">[M, B, C] float32 logits of M members.</param>
    /// <param name="temperature">T, above 0; 1 for the answers as they are.</param>
    /// <param name="averaging">How members are averaged.</param>
    /// <returns>
    /// [B, C] float32 log-probabilities: log((1/M) sum_m softmax(z_m / T)) for the arithmetic mean, log softmax(mean_m z_m / T)
    /// for the geometric one. On the tape if the logits are; the caller disposes it.
    /// </returns>
    public static torch.Tensor LogProbabilities(torch.Tensor memberLogits, double temperature, Averaging averaging)
    {
        if (memberLogits.dim() != 3)
        {
            throw new ArgumentException($"must be [M, B, C]; has {memberLogits.dim()} dimensions", nameof(memberLogits));
        }

        if (!(double.IsFinite(temperature) && temperature > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "must be above 0");
        }

        using var scope = torch.NewDisposeScope();
        var softened = memberLogits / temperature;
        var average = averaging switch
        {
            // log-sum-exp of log-probabilities: a mean of softmaxes whose logarithm would round small probabilities to zero.
            Averaging.Arithmetic => softened.log_softmax(2).logsumexp(0) - Math.Log(memberLogits.size(0)),
            Averaging.Geometric => softened.mean([0]).log_softmax(1),
            _ => throw new ArgumentOutOfRangeException(nameof(averaging), averaging, "must be arithmetic or geometric"),
        };
        return average.MoveToOuterDisposeScope();
    }
}
