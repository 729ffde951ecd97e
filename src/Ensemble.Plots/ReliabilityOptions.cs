namespace Ensemble.Plots;

/// <summary>How a reliability diagram is drawn; nothing but what every figure has.</summary>
public sealed record ReliabilityOptions : FigureOptions;
