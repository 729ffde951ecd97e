namespace ScottPlot;

/// <summary>How the marks of an axis look.</summary>
public class TickMarkStyle
{
    /// <summary>Pixels away from the data area.</summary>
    public float Length = 4;

    /// <summary>Pixels.</summary>
    public float Width = 1;

    /// <summary>The colour.</summary>
    public Color Color = Colors.Black;
}
