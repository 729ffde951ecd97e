using System.Globalization;

namespace Ensemble.Experiments;

/// <summary>Verdicts on means.</summary>
public static class Verdicts
{
    /// <summary>Whether one mean is below another.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="ours">Values, at least one.</param>
    /// <param name="others">Values that they are compared with, at least one.</param>
    /// <param name="otherName">What these are.</param>
    public static Verdict Less(string claim, IReadOnlyList<double> ours, IReadOnlyList<double> others, string otherName) => new(
        claim,
        ours.Average() < others.Average(),
        string.Create(CultureInfo.InvariantCulture, $"{ours.Average():0.0#} against {others.Average():0.0#} ({otherName})"));

    /// <summary>Whether one mean is above another.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="ours">Values, at least one.</param>
    /// <param name="others">Values that they are compared with, at least one.</param>
    /// <param name="otherName">What these are.</param>
    public static Verdict More(string claim, IReadOnlyList<double> ours, IReadOnlyList<double> others, string otherName) =>
        Less(claim, ours, others, otherName) with { Holds = ours.Average() > others.Average() };
}
