namespace Ensemble.Plots;

/// <summary>How error is drawn against temperature; nothing but what every figure has.</summary>
public sealed record TemperatureOptions : FigureOptions;
