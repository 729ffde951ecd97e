namespace Ensemble.Plots;

/// <summary>A value in a figure that a reader can ask for.</summary>
/// <param name="X">Pixels from the figure's left edge.</param>
/// <param name="Y">Pixels from its upper edge.</param>
/// <param name="Text">What is there, in words and numbers.</param>
public sealed record FigurePoint(double X, double Y, string Text);
