namespace Ensemble.Export;

/// <summary>How the range of a value is chosen that 256 steps are to cover.</summary>
public enum CalibrationMethod
{
    /// <summary>From the smallest to the largest value seen.</summary>
    MinMax,

    /// <summary>All but the outermost 0.01% of the values seen, on either side.</summary>
    Percentile,

    /// <summary>The range that gives the least mean squared error over the values seen.</summary>
    Mse,
}
