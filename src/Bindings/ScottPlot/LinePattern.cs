namespace ScottPlot;

/// <summary>Where a line is drawn and where it is not.</summary>
public readonly struct LinePattern
{
    /// <summary>Makes a pattern.</summary>
    /// <param name="intervals">Pixels drawn, left out, drawn and so on, repeated; none for a line without gaps.</param>
    /// <param name="phase">Where in the intervals the line begins, in pixels.</param>
    /// <param name="name">What to call it.</param>
    public LinePattern(float[] intervals, float phase, string name) => (Intervals, Phase, Name) = (intervals, phase, name);

    /// <summary>A line without gaps.</summary>
    public static LinePattern Solid { get; } = new([], 0, "Solid");

    /// <summary>Dashes.</summary>
    public static LinePattern Dashed { get; } = new([10, 8], 0, "Dashed");

    /// <summary>Short dashes, near one another.</summary>
    public static LinePattern DenselyDashed { get; } = new([6, 4], 0, "Densely Dashed");

    /// <summary>Dots.</summary>
    public static LinePattern Dotted { get; } = new([2, 4], 0, "Dotted");

    /// <summary>Pixels drawn, left out, drawn and so on, repeated; none for a line without gaps.</summary>
    public float[] Intervals { get; }

    /// <summary>Where in the intervals a line begins, in pixels.</summary>
    public float Phase { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    // The default of the struct has no array, and is a line without gaps too.
    internal float[] Lengths => Intervals ?? [];
}
