namespace ScottPlot.Rendering;

/// <summary>What figures are drawn on; pixels count from the upper left corner.</summary>
internal abstract class Canvas
{
    /// <summary>Fills a polygon.</summary>
    public abstract void Fill(ReadOnlySpan<Pixel> corners, Color color);

    /// <summary>Draws along points.</summary>
    public abstract void Stroke(ReadOnlySpan<Pixel> points, bool isClosed, LineStyle line);

    /// <summary>Fills a circle.</summary>
    public abstract void FillCircle(Pixel center, float radius, Color color);

    /// <summary>Draws a circle.</summary>
    public abstract void StrokeCircle(Pixel center, float radius, LineStyle line);

    /// <summary>Draws a line of text.</summary>
    /// <param name="text">The line.</param>
    /// <param name="pivot">What it is turned around.</param>
    /// <param name="offset">From there to the left end of its base line, before it is turned.</param>
    /// <param name="width">How wide it is, in pixels.</param>
    /// <param name="label">Font, colour, and degrees clockwise.</param>
    public abstract void Text(string text, Pixel pivot, Pixel offset, float width, LabelStyle label);

    /// <summary>Lets nothing be drawn outside of a rectangle until <see cref="PopClip"/>.</summary>
    public abstract void PushClip(PixelRect rect);

    /// <summary>Ends the last <see cref="PushClip"/>.</summary>
    public abstract void PopClip();

    /// <summary>Fills a rectangle.</summary>
    public void Fill(PixelRect rect, Color color) => Fill(Corners(rect), color);

    /// <summary>Draws around a rectangle.</summary>
    public void Stroke(PixelRect rect, LineStyle line) => Stroke(Corners(rect), isClosed: true, line);

    /// <summary>Draws a line.</summary>
    public void Stroke(Pixel from, Pixel to, LineStyle line) => Stroke([from, to], isClosed: false, line);

    private static Pixel[] Corners(PixelRect rect) =>
        [new(rect.Left, rect.Top), new(rect.Right, rect.Top), new(rect.Right, rect.Bottom), new(rect.Left, rect.Bottom)];
}
