namespace Ensemble.Plots;

/// <summary>How published values are drawn beside ours.</summary>
public sealed record ComparisonOptions : FigureOptions
{
    /// <summary>What the vertical axis is, with its unit.</summary>
    public required string Quantity { get; init; }
}
