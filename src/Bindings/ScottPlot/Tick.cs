namespace ScottPlot;

/// <summary>A mark on an axis.</summary>
public readonly struct Tick
{
    /// <summary>Where, in the data's units.</summary>
    public readonly double Position;

    /// <summary>What stands beside it.</summary>
    public readonly string Label;

    /// <summary>Whether it is long, and has a line through the data area.</summary>
    public readonly bool IsMajor;

    /// <summary>A long mark.</summary>
    /// <param name="position">Where, in the data's units.</param>
    /// <param name="label">What stands beside it.</param>
    public Tick(double position, string label)
        : this(position, label, isMajor: true)
    {
    }

    /// <summary>A mark.</summary>
    /// <param name="position">Where, in the data's units.</param>
    /// <param name="label">What stands beside it.</param>
    /// <param name="isMajor">Whether it is long, and has a line through the data area.</param>
    public Tick(double position, string label, bool isMajor) => (Position, Label, IsMajor) = (position, label, isMajor);
}
