using ScottPlot.Rendering;

namespace ScottPlot;

/// <summary>What a figure is drawn with.</summary>
public class RenderPack
{
    internal RenderPack(Plot plot, Canvas canvas, Paint paint, PixelRect figureRect, PixelRect dataRect) =>
        (Plot, Canvas, Paint, FigureRect, DataRect) = (plot, canvas, paint, figureRect, dataRect);

    /// <summary>The figure.</summary>
    public Plot Plot { get; }

    /// <summary>What measures text.</summary>
    public Paint Paint { get; }

    /// <summary>All of it, in pixels.</summary>
    public PixelRect FigureRect { get; }

    /// <summary>Where the data is drawn, in pixels.</summary>
    public PixelRect DataRect { get; }

    internal Canvas Canvas { get; }

    internal Pixel ToPixel(double x, double y) =>
        new(Plot.Axes.Bottom.GetPixel(x, DataRect), Plot.Axes.Left.GetPixel(y, DataRect));
}
