using ScottPlot.Panels;
using ScottPlot.Rendering;

namespace ScottPlot;

/// <summary>The sides of a figure.</summary>
public class AxisManager
{
    private readonly Axis _bottom = new(Edge.Bottom);
    private readonly Axis _left = new(Edge.Left);
    private readonly Axis _right = new(Edge.Right);
    private readonly Axis _top = new(Edge.Top);

    internal AxisManager()
    {
    }

    /// <summary>The horizontal axis.</summary>
    public IXAxis Bottom => _bottom;

    /// <summary>The vertical axis.</summary>
    public IYAxis Left => _left;

    /// <summary>The right side, of which the frame is drawn.</summary>
    public IYAxis Right => _right;

    /// <summary>The upper side, of which the frame is drawn.</summary>
    public IXAxis Top => _top;

    /// <summary>The title.</summary>
    public TitlePanel Title { get; } = new();

    /// <summary>Whether <see cref="SetLimits"/> was called; nothing is drawn before it was.</summary>
    public bool LimitsHaveBeenSet { get; private set; }

    internal List<LegendPanel> LegendPanels { get; } = [];

    /// <summary>Says which part of the data is shown. Left above right turns an axis around.</summary>
    /// <param name="left">The left end.</param>
    /// <param name="right">The right end, another than the left one.</param>
    /// <param name="bottom">The lower end.</param>
    /// <param name="top">The upper end, another than the lower one.</param>
    /// <exception cref="ArgumentException">An end is not finite, or two are equal.</exception>
    public void SetLimits(double left, double right, double bottom, double top)
    {
        Require(left, right, nameof(right));
        Require(bottom, top, nameof(top));
        (_bottom.Min, _bottom.Max, _left.Min, _left.Max) = (left, right, bottom, top);
        LimitsHaveBeenSet = true;
    }

    /// <summary>How much room each side's texts take.</summary>
    internal PixelPadding Measure(Paint paint, PixelRect figure)
    {
        float Panels(Edge edge) => LegendPanels.Where(panel => panel.Edge == edge).Sum(panel => panel.MeasureFor(paint, figure));
        return new PixelPadding(
            _left.Measure(paint) + Panels(Edge.Left) + 5,
            Panels(Edge.Right) + 15,
            _bottom.Measure(paint) + Panels(Edge.Bottom) + 5,
            Title.MeasureFor(paint) + Panels(Edge.Top) + 10);
    }

    internal void DrawGrid(RenderPack rp, Grids.DefaultGrid grid)
    {
        if (!grid.IsVisible) return;
        foreach (var tick in _bottom.VisibleTicks)
        {
            var x = _bottom.GetPixel(tick.Position, rp.DataRect);
            rp.Canvas.Stroke(new Pixel(x, rp.DataRect.Top), new Pixel(x, rp.DataRect.Bottom), grid.LineOf(tick));
        }

        foreach (var tick in _left.VisibleTicks)
        {
            var y = _left.GetPixel(tick.Position, rp.DataRect);
            rp.Canvas.Stroke(new Pixel(rp.DataRect.Left, y), new Pixel(rp.DataRect.Right, y), grid.LineOf(tick));
        }
    }

    internal void Draw(RenderPack rp)
    {
        foreach (var axis in new[] { _right, _top, _bottom, _left })
        {
            axis.Draw(rp);
        }

        Title.Draw(rp);
        foreach (var panel in LegendPanels)
        {
            panel.Draw(rp, panel.Edge switch
            {
                Edge.Bottom => _bottom.Measure(rp.Paint),
                Edge.Left => _left.Measure(rp.Paint),
                Edge.Top => Title.MeasureFor(rp.Paint),
                _ => 0,
            });
        }
    }

    private static void Require(double from, double to, string name)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to) || from == to)
        {
            throw new ArgumentException($"the ends of an axis must be finite and differ, are {from} and {to}", name);
        }
    }
}
