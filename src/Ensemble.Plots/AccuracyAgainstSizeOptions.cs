namespace Ensemble.Plots;

/// <summary>How accuracy is drawn against size.</summary>
public sealed record AccuracyAgainstSizeOptions : FigureOptions
{
    /// <summary>What size is counted in; parameters as a rule.</summary>
    public SizeMeasure Size { get; init; } = SizeMeasure.Parameters;

    /// <summary>What the bars show; null for the range of the repetitions where there are any, and else the interval over the
    /// test images. The figure says which.</summary>
    public Spread? Spread { get; init; }
}
