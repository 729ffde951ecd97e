namespace Ensemble.Experiments;

/// <summary>Something that was chosen on images held out.</summary>
/// <param name="Value">What was chosen.</param>
/// <param name="Note">Among what, and by which errors.</param>
public sealed record Choice(double Value, string Note);
