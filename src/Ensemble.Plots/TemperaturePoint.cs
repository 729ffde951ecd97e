namespace Ensemble.Plots;

/// <summary>Students of one size that were distilled at one temperature.</summary>
/// <param name="Temperature">The temperature, above 0.</param>
/// <param name="Errors">The test error of each repetition, 0 to 1; at least one.</param>
public sealed record TemperaturePoint(double Temperature, IReadOnlyList<double> Errors);
