namespace Ensemble.Plots;

/// <summary>Students of one size over temperatures.</summary>
/// <param name="Name">What the legend calls them: the architecture.</param>
/// <param name="Points">At least one, in any order.</param>
public sealed record TemperatureSeries(string Name, IReadOnlyList<TemperaturePoint> Points);
