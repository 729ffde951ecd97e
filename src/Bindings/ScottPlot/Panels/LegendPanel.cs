namespace ScottPlot.Panels;

/// <summary>A legend beside the data area, where it hides nothing.</summary>
public class LegendPanel
{
    /// <summary>Makes one.</summary>
    /// <param name="legend">The legend.</param>
    public LegendPanel(Legend legend) => Legend = legend;

    /// <summary>The legend.</summary>
    public Legend Legend { get; }

    /// <summary>Where in the panel it stands.</summary>
    public Alignment Alignment { get; set; } = Alignment.MiddleCenter;

    /// <summary>Room around it.</summary>
    public PixelPadding Padding { get; set; } = new(5, 5, 5, 5);

    internal Edge Edge { get; init; }

    internal bool IsBesideRows => Edge is Edge.Top or Edge.Bottom;

    internal float MeasureFor(Paint paint, PixelRect figure)
    {
        var size = Legend.Measure(paint, figure.Width - Padding.Left - Padding.Right);
        return IsBesideRows ? size.Height + Padding.Top + Padding.Bottom : size.Width + Padding.Left + Padding.Right;
    }

    /// <summary>Draws the legend, so far beside the data area.</summary>
    internal void Draw(RenderPack rp, float offset)
    {
        var (data, size) = (rp.DataRect, MeasureFor(rp.Paint, rp.FigureRect));
        var (left, right, top, bottom) = Edge switch
        {
            Edge.Left => (data.Left - offset - size, data.Left - offset, data.Top, data.Bottom),
            Edge.Right => (data.Right + offset, data.Right + offset + size, data.Top, data.Bottom),
            Edge.Top => (rp.FigureRect.Left, rp.FigureRect.Right, data.Top - offset - size, data.Top - offset),
            _ => (rp.FigureRect.Left, rp.FigureRect.Right, data.Bottom + offset, data.Bottom + offset + size),
        };
        Legend.Draw(rp, new PixelRect(left + Padding.Left, right - Padding.Right, bottom - Padding.Bottom, top + Padding.Top), Alignment);
    }
}
