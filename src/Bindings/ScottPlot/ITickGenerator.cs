namespace ScottPlot;

/// <summary>What knows the marks of an axis.</summary>
public interface ITickGenerator
{
    /// <summary>The marks.</summary>
    Tick[] Ticks { get; }
}
