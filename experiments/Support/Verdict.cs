namespace Ensemble.Experiments;

/// <summary>Whether something that the paper says holds here.</summary>
/// <param name="Claim">What it says.</param>
/// <param name="Holds">Whether it does.</param>
/// <param name="Because">The numbers.</param>
public sealed record Verdict(string Claim, bool Holds, string Because);
