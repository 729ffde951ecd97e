namespace Ensemble.Plots.Reports;

/// <summary>What a stage of a run took.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Seconds">Seconds on the run's device, at least 0.</param>
public sealed record ReportStage(string Name, double Seconds);
