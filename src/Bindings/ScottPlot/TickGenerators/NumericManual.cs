namespace ScottPlot.TickGenerators;

/// <summary>Marks where one puts them.</summary>
public class NumericManual : ITickGenerator
{
    private readonly List<Tick> _ticks = [];

    /// <inheritdoc/>
    public Tick[] Ticks => [.. _ticks];

    /// <summary>Adds a long mark.</summary>
    /// <param name="position">Where, in the data's units.</param>
    /// <param name="label">What stands beside it.</param>
    public void AddMajor(double position, string label) => _ticks.Add(new Tick(position, label));

    /// <summary>Adds a short mark.</summary>
    /// <param name="position">Where, in the data's units.</param>
    public void AddMinor(double position) => _ticks.Add(new Tick(position, "", isMajor: false));
}
