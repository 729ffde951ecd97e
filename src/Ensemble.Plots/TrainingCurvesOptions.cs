namespace Ensemble.Plots;

/// <summary>How trainings are drawn.</summary>
public sealed record TrainingCurvesOptions : FigureOptions
{
    /// <summary>What is drawn; accuracy as a rule.</summary>
    public TrainingQuantity Quantity { get; init; } = TrainingQuantity.Accuracy;
}
