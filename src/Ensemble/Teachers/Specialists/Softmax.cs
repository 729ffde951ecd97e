namespace Ensemble.Teachers.Specialists;

/// <summary>Probabilities of one row of logits, in double precision.</summary>
internal static class Softmax
{
    /// <summary>exp(z) / sum exp(z), with the largest logit taken off first.</summary>
    /// <param name="logits">[classes], at least one.</param>
    public static double[] Of(ReadOnlySpan<float> logits)
    {
        var largest = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        var (probabilities, sum) = (new double[logits.Length], 0.0);
        for (var index = 0; index < logits.Length; index++)
        {
            probabilities[index] = Math.Exp(logits[index] - largest);
            sum += probabilities[index];
        }

        for (var index = 0; index < logits.Length; index++)
        {
            probabilities[index] /= sum;
        }

        return probabilities;
    }
}
