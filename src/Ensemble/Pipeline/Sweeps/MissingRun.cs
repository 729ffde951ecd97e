namespace Ensemble.Pipeline.Sweeps;

/// <summary>A run of a sweep that has no results.</summary>
/// <param name="Name">The run's folder in runs.</param>
/// <param name="Reason">What failed, or how far it is, in a person's words.</param>
public sealed record MissingRun(string Name, string Reason);
