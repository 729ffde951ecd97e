namespace ScottPlot;

/// <summary>How a line looks.</summary>
public class LineStyle
{
    /// <summary>A line of no width, which is not drawn.</summary>
    public LineStyle()
    {
    }

    /// <summary>A black line.</summary>
    /// <param name="width">Pixels.</param>
    public LineStyle(float width) => Width = width;

    /// <summary>A line.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="color">Its colour.</param>
    public LineStyle(float width, Color color) => (Width, Color) = (width, color);

    /// <summary>Pixels; 0 is not drawn.</summary>
    public float Width { get; set; }

    /// <summary>Its colour.</summary>
    public Color Color { get; set; } = Colors.Black;

    /// <summary>Where it is drawn and where it is not.</summary>
    public LinePattern Pattern { get; set; } = LinePattern.Solid;

    /// <summary>Whether it is drawn.</summary>
    public bool IsVisible { get; set; } = true;

    internal bool IsDrawn => IsVisible && Width > 0 && Color.Alpha > 0;
}
