namespace Ensemble.Experiments;

/// <summary>A figure as results.json names it.</summary>
/// <param name="File">Its file, beside results.json.</param>
/// <param name="Text">What it shows.</param>
public sealed record FigureEntry(string File, string Text);
