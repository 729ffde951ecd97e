namespace ScottPlot;

/// <summary>A horizontal axis.</summary>
public interface IXAxis : IAxis
{
    /// <summary>From the left to the right end, in the data's units.</summary>
    double Width { get; }
}
