namespace ScottPlot;

/// <summary>A vertical axis.</summary>
public interface IYAxis : IAxis
{
    /// <summary>From the lower to the upper end, in the data's units.</summary>
    double Height { get; }
}
