using ScottPlot.TickGenerators;

namespace ScottPlot.Rendering;

/// <summary>One of the four sides of the data area.</summary>
internal sealed class Axis(Edge edge) : IXAxis, IYAxis
{
    private const float Gap = 4;

    public double Min { get; set; }

    public double Max { get; set; }

    public double Width => Max - Min;

    public double Height => Max - Min;

    public LabelStyle Label { get; } = new() { FontSize = 16, Alignment = edge == Edge.Bottom ? Alignment.LowerCenter : Alignment.UpperCenter };

    public LineStyle FrameLineStyle { get; } = new(1);

    public ITickGenerator TickGenerator { get; set; } = new NumericManual();

    public LabelStyle TickLabelStyle { get; set; } = new() { Alignment = edge == Edge.Bottom ? Alignment.UpperCenter : Alignment.MiddleRight };

    public TickMarkStyle MajorTickStyle { get; set; } = new();

    public TickMarkStyle MinorTickStyle { get; set; } = new() { Length = 2 };

    public IEnumerable<Tick> VisibleTicks => TickGenerator.Ticks.Where(tick => tick.Position >= Math.Min(Min, Max) && tick.Position <= Math.Max(Min, Max));

    public float GetPixel(double position, PixelRect dataArea)
    {
        var share = (position - Min) / (Max - Min);
        return (float)(edge is Edge.Bottom or Edge.Top ? dataArea.Left + (share * dataArea.Width) : dataArea.Bottom - (share * dataArea.Height));
    }

    /// <summary>How much room marks, their texts and the label take beside the data area.</summary>
    public float Measure(Paint paint)
    {
        var ticks = VisibleTicks.ToArray();
        if (ticks.Length == 0 && !Label.IsDrawn) return 0;
        var labels = ticks.Select(tick => TickLabelStyle.MeasureTurned(tick.Label, paint));
        var widest = labels.Select(size => edge == Edge.Bottom ? size.Height : size.Width).DefaultIfEmpty().Max();
        return MajorTickStyle.Length + Gap + widest + (Label.IsDrawn ? Gap + Label.Measure(paint).Height : 0) + Gap;
    }

    public void Draw(RenderPack rp)
    {
        var data = rp.DataRect;
        var (from, to) = edge switch
        {
            Edge.Bottom => (new Pixel(data.Left, data.Bottom), new Pixel(data.Right, data.Bottom)),
            Edge.Top => (new Pixel(data.Left, data.Top), new Pixel(data.Right, data.Top)),
            Edge.Left => (new Pixel(data.Left, data.Top), new Pixel(data.Left, data.Bottom)),
            _ => (new Pixel(data.Right, data.Top), new Pixel(data.Right, data.Bottom)),
        };
        rp.Canvas.Stroke(from, to, FrameLineStyle);
        if (edge is Edge.Bottom) DrawBottom(rp);
        if (edge is Edge.Left) DrawLeft(rp);
    }

    private void DrawBottom(RenderPack rp)
    {
        var data = rp.DataRect;
        foreach (var tick in VisibleTicks)
        {
            var (x, style) = (GetPixel(tick.Position, data), tick.IsMajor ? MajorTickStyle : MinorTickStyle);
            rp.Canvas.Stroke(new Pixel(x, data.Bottom), new Pixel(x, data.Bottom + style.Length), new LineStyle(style.Width, style.Color));
            TickLabelStyle.Draw(rp, new Pixel(x, data.Bottom + MajorTickStyle.Length + Gap), tick.Label);
        }

        Label.Draw(rp, new Pixel(data.HorizontalCenter, data.Bottom + Measure(rp.Paint)));
    }

    private void DrawLeft(RenderPack rp)
    {
        var data = rp.DataRect;
        foreach (var tick in VisibleTicks)
        {
            var (y, style) = (GetPixel(tick.Position, data), tick.IsMajor ? MajorTickStyle : MinorTickStyle);
            rp.Canvas.Stroke(new Pixel(data.Left - style.Length, y), new Pixel(data.Left, y), new LineStyle(style.Width, style.Color));
            TickLabelStyle.Draw(rp, new Pixel(data.Left - MajorTickStyle.Length - Gap, y), tick.Label);
        }

        Label.Rotation = -90;
        Label.Draw(rp, new Pixel(data.Left - Measure(rp.Paint), data.VerticalCenter));
    }
}
