namespace Ensemble.Plots;

/// <summary>How a confusion matrix is drawn; nothing but what every figure has. It is a square one, as a rule, of 900 by 900.</summary>
public sealed record ConfusionOptions : FigureOptions
{
    /// <summary>900 by 900 pixels.</summary>
    public ConfusionOptions() => (Width, Height) = (900, 900);
}
