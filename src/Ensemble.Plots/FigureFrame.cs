using ScottPlot;

namespace Ensemble.Plots;

/// <summary>A figure in the making: axes, title and legend in place, so that it is known where each point will be drawn.</summary>
internal sealed class FigureFrame
{
    public const float FontSize = 19;
    private const float SymbolWidth = 38;
    private const float LegendGap = 22;
    private const float Air = 8;
    private const double MarkerReach = 9;

    private readonly FigureOptions _options;
    private readonly AxisScale _x;
    private readonly AxisScale _y;
    private readonly LabelBox _data;
    private readonly LabelPlacer _placer;
    private readonly List<LabelBox> _labels = [];
    private readonly List<string> _omitted = [];
    private readonly List<FigurePoint> _points = [];

    /// <summary>Lays a figure out.</summary>
    /// <param name="options">Its size.</param>
    /// <param name="title">Lines above it.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="legend">The entries that there will be, for which room is left beneath.</param>
    /// <param name="xTickRotation">Degrees clockwise of the texts beneath the horizontal axis: 0, or below 0.</param>
    public FigureFrame(FigureOptions options, string title, AxisScale x, AxisScale y, IReadOnlyCollection<string> legend, float xTickRotation = 0)
    {
        (_options, _x, _y) = (options, x, y);
        Plot = new Plot();
        Plot.Title(Wrap(title), FontSize + 1);
        Plot.Axes.Title.Label.Bold = false;
        Plot.Axes.Title.Label.ForeColor = Palette.Ink;
        Plot.XLabel(x.Label);
        Plot.YLabel(y.Label);
        Style(Plot.Axes.Bottom, x);
        Style(Plot.Axes.Left, y);
        Plot.Axes.Bottom.TickLabelStyle.Rotation = xTickRotation;
        if (xTickRotation != 0) Plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        Plot.Axes.Top.FrameLineStyle.Width = 0;
        Plot.Axes.Right.FrameLineStyle.Width = 0;
        Plot.Grid.MajorLineColor = Palette.Grid;
        Plot.Grid.MajorLineWidth = 1.5f;
        Plot.Axes.SetLimits(x.Minimum, x.Maximum, y.Minimum, y.Maximum);
        if (legend.Count > 0) ShowLegend();
        var padding = Measure(legend);
        Plot.Layout.Fixed(padding);
        _data = new LabelBox("", padding.Left, padding.Top, options.Width - padding.Right, options.Height - padding.Bottom);
        if (_data.Right - _data.Left < 50 || _data.Bottom - _data.Top < 50)
        {
            throw new ArgumentException($"{options.Width} x {options.Height} pixels have no room for data beside the texts", nameof(options));
        }

        _placer = new LabelPlacer(_data with { Left = _data.Left + 4, Top = _data.Top - Air, Right = _data.Right, Bottom = _data.Bottom - 4 });
    }

    public Plot Plot { get; }

    /// <summary>How wide a text is.</summary>
    public static PixelSize Measure(string text, float fontSize = FontSize) => PlotMachine.Guard(() =>
    {
        using var paint = Paint.NewDisposablePaint();
        return new LabelStyle { FontSize = fontSize }.Measure(text, paint).Size;
    });

    /// <summary>Adds points that are joined by lines, in a role's or a series' look.</summary>
    /// <param name="name">The legend's entry; empty for none.</param>
    /// <param name="points">In the data's units.</param>
    /// <param name="style">The look.</param>
    /// <param name="markerSize">Pixels; 0 for none.</param>
    /// <param name="lineWidth">Pixels; 0 for none.</param>
    public void AddSeries(string name, IReadOnlyList<(double X, double Y)> points, Palette.Style style, float markerSize = 13, float lineWidth = 2.5f)
    {
        // Arrays by name: ScottPlot's own overloads leave it open what a collection expression would be.
        var (xs, ys) = (points.Select(point => _x.Map(point.X)).ToArray(), points.Select(point => _y.Map(point.Y)).ToArray());
        var scatter = Plot.Add.Scatter(xs, ys, style.Color);
        scatter.LegendText = name;
        scatter.LineWidth = lineWidth;
        scatter.LinePattern = style.Pattern;
        scatter.MarkerShape = markerSize > 0 ? style.Shape : MarkerShape.None;
        scatter.MarkerSize = markerSize;
        scatter.MarkerLineWidth = 2;
        foreach (var (x, y) in points)
        {
            var (at, reach) = (ToPixel(x, y), (markerSize / 2) + 2);
            if (markerSize > 0) _placer.Keep(new LabelBox("", at.X - reach, at.Y - reach, at.X + reach, at.Y + reach));
        }

        for (var index = 1; index < points.Count && lineWidth > 0; index++)
        {
            _placer.KeepLine(ToPixel(points[index - 1].X, points[index - 1].Y), ToPixel(points[index].X, points[index].Y));
        }
    }

    /// <summary>Adds bars from a lower to an upper value; none where they are equal.</summary>
    public void AddBars(IEnumerable<(double X, double Y, double Low, double High)> points, Color color)
    {
        var bars = points.Where(point => point.High > point.Low).ToArray();
        if (bars.Length == 0) return;
        double[] ys = [.. bars.Select(bar => _y.Map(bar.Y))];
        var added = Plot.Add.ErrorBar([.. bars.Select(bar => _x.Map(bar.X))], ys, new double[bars.Length]);
        added.YErrorNegative = [.. bars.Select((bar, index) => ys[index] - _y.Map(bar.Low))];
        added.YErrorPositive = [.. bars.Select((bar, index) => _y.Map(bar.High) - ys[index])];
        (added.Color, added.LineWidth, added.CapSize) = (color, 2, 6);
        foreach (var (x, _, low, high) in bars)
        {
            var (bottom, top) = (ToPixel(x, low), ToPixel(x, high));
            _placer.Keep(new LabelBox("", top.X - 7, top.Y - 1, top.X + 7, bottom.Y + 1));
        }
    }

    /// <summary>Writes texts beside their points, where they cover nothing; leaves out those for which that cannot be.</summary>
    /// <param name="labels">The texts with their points in plotted units.</param>
    /// <param name="color">The colour of the lines that tie texts to points.</param>
    public void AddLabels(IReadOnlyList<(string Text, double X, double Y)> labels, Color color)
    {
        var wishes = labels.Select(label =>
        {
            var size = Measure(label.Text, FontSize - 2);
            return new LabelWish(label.Text, size.Width, size.Height, ToPixel(label.X, label.Y), MarkerReach);
        }).ToArray();
        foreach (var (wish, placed) in wishes.Zip(_placer.Place(wishes)))
        {
            AddLabel(wish, placed, color);
        }
    }

    private void AddLabel(LabelWish wish, PlacedLabel placed, Color color)
    {
        if (placed.Box is not { } box)
        {
            _omitted.Add(wish.Text);
            return;
        }

        if (placed.Tie is { } line)
        {
            var (from, to) = (FromPixel(line.From), FromPixel(line.To));
            var tie = Plot.Add.Line(from.X, from.Y, to.X, to.Y);
            (tie.LineColor, tie.LineWidth) = (color.WithAlpha(0.6), 1);
        }

        var corner = FromPixel((box.Left, box.Top));
        AddText(wish.Text, corner.X, corner.Y, Alignment.UpperLeft, Palette.Ink, FontSize - 2);
        _labels.Add(box);
    }

    /// <summary>Writes a text at a place in plotted units.</summary>
    public void AddText(string text, double x, double y, Alignment alignment, Color color, float fontSize = FontSize)
    {
        var added = Plot.Add.Text(text, x, y);
        (added.LabelFontSize, added.LabelFontColor, added.LabelAlignment) = (fontSize, color, alignment);
    }

    /// <summary>Remembers what is drawn at a point, in plotted units.</summary>
    public void AddPoint(double x, double y, string text)
    {
        var at = ToPixel(x, y);
        _points.Add(new FigurePoint(at.X, at.Y, text));
    }

    /// <summary>The figure, of which nothing more will change.</summary>
    public Figure Finish() => new(Plot, _options, _labels, _omitted, _points);

    /// <summary>Where a point will be drawn.</summary>
    public (double X, double Y) ToPixel(double x, double y) => (
        _data.Left + ((_x.Map(x) - _x.Minimum) / (_x.Maximum - _x.Minimum) * (_data.Right - _data.Left)),
        _data.Bottom - ((_y.Map(y) - _y.Minimum) / (_y.Maximum - _y.Minimum) * (_data.Bottom - _data.Top)));

    private (double X, double Y) FromPixel((double X, double Y) pixel) => (
        _x.Minimum + ((pixel.X - _data.Left) / (_data.Right - _data.Left) * (_x.Maximum - _x.Minimum)),
        _y.Minimum + ((_data.Bottom - pixel.Y) / (_data.Bottom - _data.Top) * (_y.Maximum - _y.Minimum)));

    private static void Style(IAxis axis, AxisScale scale)
    {
        axis.TickGenerator = scale.Ticks;
        (axis.Label.FontSize, axis.Label.Bold, axis.Label.ForeColor) = (FontSize, false, Palette.Ink);
        (axis.TickLabelStyle.FontSize, axis.TickLabelStyle.ForeColor) = (FontSize - 2, Palette.Ink);
        (axis.MajorTickStyle.Length, axis.MinorTickStyle.Length) = (7, 4);
        (axis.FrameLineStyle.Width, axis.FrameLineStyle.Color) = (1.5f, Palette.Ink);
    }

    private void ShowLegend()
    {
        var legend = Plot.Legend;
        Plot.ShowLegend(Edge.Bottom);
        (legend.Orientation, legend.FontSize, legend.SymbolWidth, legend.OutlineWidth) = (Orientation.Horizontal, FontSize, SymbolWidth, 0);
        (legend.ShadowColor, legend.InterItemPadding) = (Colors.Transparent, new PixelPadding(LegendGap, LegendGap, 4, 4));
    }

    // What stands left and right of the data.
    private (float Left, float Right) Sides => (
        _y.TickLabels.Select(text => Measure(text, FontSize - 2).Width).DefaultIfEmpty().Max() + Measure("Mg").Height + 26,
        Math.Max(20, _x.TickLabels.Select(text => Measure(text, FontSize - 2).Width).LastOrDefault() / 2));

    // The title stands over the middle of the data: lines that would end outside of the figure become several.
    private string Wrap(string title)
    {
        var (left, right) = Sides;
        var middle = (left + (_options.Width - right)) / 2;
        var room = (2 * Math.Min(middle, _options.Width - middle)) - 10;
        return string.Join('\n', title.Split('\n').Select(line =>
        {
            var lines = new List<string> { "" };
            foreach (var word in line.Split(' '))
            {
                var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
                if (lines[^1].Length > 0 && Measure(longer, FontSize + 1).Width > room) lines.Add(word);
                else lines[^1] = longer;
            }

            return string.Join('\n', lines);
        }));
    }

    private PixelPadding Measure(IReadOnlyCollection<string> legend)
    {
        var line = Measure("Mg").Height;
        var (left, right) = Sides;
        var xTicks = _x.TickLabels.Select(text => Measure(text, FontSize - 2)).ToArray();
        var isTurned = Plot.Axes.Bottom.TickLabelStyle.Rotation != 0;
        var xTickHeight = xTicks.Select(size => isTurned ? (size.Width * 0.72f) + (size.Height * 0.72f) : size.Height).DefaultIfEmpty().Max();
        var titleLines = Plot.Axes.Title.Label.Text.Split('\n').Length;
        return new PixelPadding(
            left,
            right,
            xTickHeight + line + 26 + LegendHeight(legend, line),
            (titleLines * (line + 2)) + 22);
    }

    private float LegendHeight(IReadOnlyCollection<string> legend, float line)
    {
        if (legend.Count == 0) return 0;
        var (rows, filled) = (1, 0f);
        foreach (var width in legend.Select(text => SymbolWidth + LegendGap + 8 + Measure(text).Width))
        {
            if (filled > 0 && filled + width > _options.Width - 20) (rows, filled) = (rows + 1, 0);
            filled += width;
        }

        return (rows * (line + 4)) + 20;
    }
}
