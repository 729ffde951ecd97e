namespace Ensemble.Acceleration;

/// <summary>What follows a norm.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    Identity = 0,

    /// <summary>max(0, v).</summary>
    Relu = 1,

    /// <summary>v times the normal distribution at v, not its tanh approximation (Hendrycks and Gimpel 2016, arXiv 1606.08415).</summary>
    Gelu = 2,
}
