namespace ScottPlot;

/// <summary>A place in the data's units.</summary>
/// <param name="x">Along the horizontal axis.</param>
/// <param name="y">Along the vertical axis.</param>
public struct Coordinates(double x, double y)
{
    /// <summary>Along the horizontal axis.</summary>
    public double X { get; set; } = x;

    /// <summary>Along the vertical axis.</summary>
    public double Y { get; set; } = y;
}
