namespace Ensemble.Teachers.Specialists;

/// <summary>
/// The distribution that fits a generalist and some specialists best (Hinton, Vinyals and Dean 2015, equation 5): the q that minimises
/// KL(p_g, q) + sum_m KL(p_m, q), where for specialist m all classes outside its own are one, the dustbin, in q as in p_m.
/// </summary>
public static class SpecialistInference
{
    private const int MaximumRounds = 1000;
    private const double Tolerance = 1e-9;

    /// <summary>The best distribution.</summary>
    /// <param name="generalist">[classes] probabilities, sum 1.</param>
    /// <param name="specialists">For each, its classes and its [classes + 1] probabilities, the dustbin's last; may be none.</param>
    /// <returns>[classes] probabilities, sum 1.</returns>
    /// <remarks>
    /// Up to a constant the sum is minus the log-likelihood of a mixture whose hidden variable is the class, so that the step
    /// q_j = mean over m of p_m(part of j) q_j / q(part of j) never makes it worse and ends at the minimum, which is the only
    /// one (expectation maximisation; the paper descends along gradients of q's logits to the same q).
    /// </remarks>
    public static double[] Combine(double[] generalist, IReadOnlyList<(IReadOnlyList<int> Classes, double[] Probabilities)> specialists)
    {
        foreach (var (classes, probabilities) in specialists)
        {
            if (probabilities.Length != classes.Count + 1)
            {
                throw new ArgumentException($"{probabilities.Length} probabilities for {classes.Count} classes and the dustbin", nameof(specialists));
            }
        }

        if (specialists.Count == 0)
        {
            return [.. generalist];
        }

        // A class that the generalist rules out entirely could never come back.
        double[] q = [.. generalist.Select(probability => Math.Max(probability, 1e-12))];
        for (var round = 0; round < MaximumRounds; round++)
        {
            var next = Step(q, generalist, specialists);
            var change = next.Zip(q, (after, before) => Math.Abs(after - before)).Max();
            q = next;
            if (change < Tolerance)
            {
                break;
            }
        }

        return q;
    }

    private static double[] Step(double[] q, double[] generalist, IReadOnlyList<(IReadOnlyList<int> Classes, double[] Probabilities)> specialists)
    {
        var next = (double[])generalist.Clone();
        foreach (var (classes, probabilities) in specialists)
        {
            var inside = classes.Sum(label => q[label]);
            var outside = Math.Max(q.Sum() - inside, double.Epsilon);
            var ratio = probabilities[^1] / outside;
            var own = new bool[q.Length];
            for (var place = 0; place < classes.Count; place++)
            {
                own[classes[place]] = true;
                next[classes[place]] += probabilities[place];
            }

            for (var label = 0; label < q.Length; label++)
            {
                next[label] += own[label] ? 0 : ratio * q[label];
            }
        }

        var sum = next.Sum();
        return [.. next.Select(value => value / sum)];
    }
}
