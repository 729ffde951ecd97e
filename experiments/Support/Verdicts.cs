using System.Globalization;

namespace Ensemble.Experiments;

/// <summary>Verdicts on numbers.</summary>
public static class Verdicts
{
    // Means of the same numbers in another order may differ in their last bits.
    private const double Tie = 1e-9;

    /// <summary>Whether one mean is below another.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="ours">Values, at least one.</param>
    /// <param name="others">Values that they are compared with, at least one.</param>
    /// <param name="otherName">What these are.</param>
    public static Verdict Less(string claim, IReadOnlyList<double> ours, IReadOnlyList<double> others, string otherName) => new(
        claim,
        ours.Average() < others.Average() - Tie,
        string.Create(CultureInfo.InvariantCulture, $"{ours.Average():0.0#} against {others.Average():0.0#} ({otherName})"));

    /// <summary>Whether one mean is above another.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="ours">Values, at least one.</param>
    /// <param name="others">Values that they are compared with, at least one.</param>
    /// <param name="otherName">What these are.</param>
    public static Verdict More(string claim, IReadOnlyList<double> ours, IReadOnlyList<double> others, string otherName) =>
        Less(claim, ours, others, otherName) with { Holds = ours.Average() > others.Average() + Tie };

    /// <summary>Whether one mean is above another by more than two standard errors of the difference, by the spread of each.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="ours">Values; one alone shows nothing.</param>
    /// <param name="others">Values that they are compared with, likewise.</param>
    /// <param name="otherName">What these are.</param>
    public static Verdict ClearlyMore(string claim, IReadOnlyList<double> ours, IReadOnlyList<double> others, string otherName)
    {
        var (difference, margin) = (ours.Average() - others.Average(), Margin(ours, others));
        var more = More(claim, ours, others, otherName);
        return more with { Holds = difference > margin, Because = string.Create(CultureInfo.InvariantCulture, $"{more.Because}, {difference:0.0#} more; two standard errors are {margin:0.0#}") };
    }

    /// <summary>Whether one mean is below another by more than two standard errors of the difference, by the spread of each.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="ours">Values; one alone shows nothing.</param>
    /// <param name="others">Values that they are compared with, likewise.</param>
    /// <param name="otherName">What these are.</param>
    public static Verdict ClearlyLess(string claim, IReadOnlyList<double> ours, IReadOnlyList<double> others, string otherName)
    {
        var (difference, margin) = (others.Average() - ours.Average(), Margin(ours, others));
        var less = Less(claim, ours, others, otherName);
        return less with { Holds = difference > margin, Because = string.Create(CultureInfo.InvariantCulture, $"{less.Because}, {difference:0.0#} fewer; two standard errors are {margin:0.0#}") };
    }

    /// <summary>Whether more answers about the same images became right than became wrong, beyond what chance would do (McNemar's test at two standard deviations).</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="mended">Answers that became right.</param>
    /// <param name="spoiled">Answers that became wrong.</param>
    public static Verdict Mended(string claim, int mended, int spoiled) => new(
        claim,
        mended - spoiled > 2 * Math.Sqrt(mended + spoiled),
        string.Create(CultureInfo.InvariantCulture, $"{mended} answers became right, {spoiled} wrong; by chance they would differ by less than {2 * Math.Sqrt(mended + spoiled):0}"));

    private static double Margin(IReadOnlyList<double> ours, IReadOnlyList<double> others) => 2 * Math.Sqrt(VarianceOfMean(ours) + VarianceOfMean(others));

    private static double VarianceOfMean(IReadOnlyList<double> values) =>
        values.Count < 2 ? double.PositiveInfinity : values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Count - 1) / values.Count;
}
