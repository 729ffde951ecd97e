namespace Ensemble.Plots;

/// <summary>A published value and our repetitions of it.</summary>
/// <param name="Name">What was measured, in lines of a word or two: it stands beneath its place.</param>
/// <param name="Published">The published value; null for none.</param>
/// <param name="Values">Ours, one for each repetition; may be empty where there is a published one.</param>
public sealed record ComparedValue(string Name, double? Published, IReadOnlyList<double> Values);
