using Ensemble.Plots;

namespace Ensemble.Experiments;

/// <summary>A figure of an experiment.</summary>
/// <param name="File">Its file in the experiment's results, ending with .svg.</param>
/// <param name="Text">What it shows.</param>
/// <param name="Figure">The figure.</param>
public sealed record NamedFigure(string File, string Text, Figure Figure);
