namespace ScottPlot;

/// <summary>How a point looks.</summary>
public class MarkerStyle
{
    private static readonly (float X, float Y)[] s_square = [(-1, -1), (1, -1), (1, 1), (-1, 1)];
    private static readonly (float X, float Y)[] s_diamond = [(0, -1.3f), (1.3f, 0), (0, 1.3f), (-1.3f, 0)];
    private static readonly (float X, float Y)[] s_up = [(0, -1.2f), (1.1f, 0.8f), (-1.1f, 0.8f)];
    private static readonly (float X, float Y)[] s_down = [(0, 1.2f), (1.1f, -0.8f), (-1.1f, -0.8f)];

    /// <summary>A shape.</summary>
    public MarkerShape Shape { get; set; } = MarkerShape.FilledCircle;

    /// <summary>How wide it is, in pixels; some shapes are a little wider, so as to weigh as much.</summary>
    public float Size { get; set; } = 5;

    /// <summary>The colour inside full shapes.</summary>
    public Color FillColor { get; set; } = Colors.Black;

    /// <summary>The colour of what is drawn as lines.</summary>
    public Color LineColor { get; set; } = Colors.Black;

    /// <summary>How wide those lines are, in pixels.</summary>
    public float LineWidth { get; set; }

    /// <summary>Whether it is drawn.</summary>
    public bool IsVisible { get; set; } = true;

    internal bool IsDrawn => IsVisible && Shape != MarkerShape.None && Size > 0;

    internal void Draw(RenderPack rp, Pixel at)
    {
        if (!IsDrawn) return;
        var line = new LineStyle(IsOpen ? Math.Max(1, LineWidth) : LineWidth, LineColor);
        switch (Shape)
        {
            case MarkerShape.FilledCircle or MarkerShape.OpenCircle:
                if (!IsOpen) rp.Canvas.FillCircle(at, Size / 2, FillColor);
                rp.Canvas.StrokeCircle(at, Size / 2, line);
                break;
            case MarkerShape.Eks:
                rp.Canvas.Stroke(At(at, -1, -1), At(at, 1, 1), line);
                rp.Canvas.Stroke(At(at, -1, 1), At(at, 1, -1), line);
                break;
            case MarkerShape.Cross:
                rp.Canvas.Stroke(At(at, -1, 0), At(at, 1, 0), line);
                rp.Canvas.Stroke(At(at, 0, -1), At(at, 0, 1), line);
                break;
            default:
                var corners = Array.ConvertAll(Corners, corner => At(at, corner.X, corner.Y));
                if (!IsOpen) rp.Canvas.Fill(corners, FillColor);
                rp.Canvas.Stroke(corners, isClosed: true, line);
                break;
        }
    }

    // Every shape without an inside has an even number; so have the signs that are only lines, which come after.
    private bool IsOpen => (int)Shape % 2 == 0 || Shape >= MarkerShape.Eks;

    private (float X, float Y)[] Corners => Shape switch
    {
        MarkerShape.FilledSquare or MarkerShape.OpenSquare => s_square,
        MarkerShape.FilledTriangleUp or MarkerShape.OpenTriangleUp => s_up,
        MarkerShape.FilledTriangleDown or MarkerShape.OpenTriangleDown => s_down,
        MarkerShape.FilledDiamond or MarkerShape.OpenDiamond => s_diamond,
        _ => throw new InvalidOperationException($"no marker has the shape {Shape}"),
    };

    private Pixel At(Pixel center, float x, float y) => new(center.X + (x * Size / 2), center.Y + (y * Size / 2));
}
