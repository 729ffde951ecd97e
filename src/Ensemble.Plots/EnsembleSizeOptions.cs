namespace Ensemble.Plots;

/// <summary>How accuracy is drawn against the ensemble's size; nothing but what every figure has.</summary>
public sealed record EnsembleSizeOptions : FigureOptions;
