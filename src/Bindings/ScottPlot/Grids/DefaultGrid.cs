namespace ScottPlot.Grids;

/// <summary>The lines through the data area, at the axes' marks.</summary>
public class DefaultGrid
{
    private readonly LineStyle _major = new(1, Colors.Black.WithAlpha(0.1));
    private readonly LineStyle _minor = new(0, Colors.Black.WithAlpha(0.05));

    internal DefaultGrid()
    {
    }

    /// <summary>Whether they are drawn.</summary>
    public bool IsVisible { get; set; } = true;

    /// <summary>The colour of those at long marks.</summary>
    public Color MajorLineColor { get => _major.Color; set => _major.Color = value; }

    /// <summary>The width of those at long marks, in pixels.</summary>
    public float MajorLineWidth { set => _major.Width = value; }

    /// <summary>The colour of those at short marks.</summary>
    public Color MinorLineColor { set => _minor.Color = value; }

    /// <summary>The width of those at short marks, in pixels; 0 as long as nothing is said.</summary>
    public float MinorLineWidth { set => _minor.Width = value; }

    internal LineStyle LineOf(Tick tick) => tick.IsMajor ? _major : _minor;
}
