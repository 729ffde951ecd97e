using System.Text;
using ScottPlot.Grids;
using ScottPlot.Panels;
using ScottPlot.Rendering;

namespace ScottPlot;

/// <summary>A figure. It is drawn anew whenever its image is asked for.</summary>
public class Plot
{
    private const int MaximumSide = 32767;

    private PixelRect? _lastDataRect;

    /// <summary>An empty figure.</summary>
    public Plot()
    {
        Add = new PlottableAdder(this);
        Legend = new Legend(this);
    }

    /// <summary>Adds things.</summary>
    public PlottableAdder Add { get; }

    /// <summary>The sides.</summary>
    public AxisManager Axes { get; } = new();

    /// <summary>Where the data area lies.</summary>
    public LayoutManager Layout { get; } = new();

    /// <summary>The lines at the axes' marks.</summary>
    public DefaultGrid Grid { get; } = new();

    /// <summary>The legend.</summary>
    public Legend Legend { get; set; }

    /// <summary>What is drawn into the data area, in this order.</summary>
    public List<IPlottable> PlottableList { get; } = [];

    /// <summary>Says what the figure shows.</summary>
    /// <param name="text">The text; null for none.</param>
    /// <param name="size">The font's size in pixels; null to leave it.</param>
    public void Title(string text = null!, float? size = null) => Set(Axes.Title.Label, text, size);

    /// <summary>Says what the horizontal axis is.</summary>
    /// <param name="label">The text.</param>
    /// <param name="size">The font's size in pixels; null to leave it.</param>
    public void XLabel(string label, float? size = null) => Set(Axes.Bottom.Label, label, size);

    /// <summary>Says what the vertical axis is.</summary>
    /// <param name="label">The text.</param>
    /// <param name="size">The font's size in pixels; null to leave it.</param>
    public void YLabel(string label, float? size = null) => Set(Axes.Left.Label, label, size);

    /// <summary>Leaves the lines at the axes' marks out.</summary>
    public void HideGrid() => Grid.IsVisible = false;

    /// <summary>Shows the legend inside of the data area.</summary>
    /// <param name="alignment">Where.</param>
    public Legend ShowLegend(Alignment alignment)
    {
        (Legend.IsVisible, Legend.Alignment) = (true, alignment);
        return Legend;
    }

    /// <summary>Shows the legend beside the data area, and not in it.</summary>
    /// <param name="edge">On which side.</param>
    public LegendPanel ShowLegend(Edge edge)
    {
        Legend.IsVisible = false;
        var panel = new LegendPanel(Legend) { Edge = edge };
        Axes.LegendPanels.Add(panel);
        return panel;
    }

    /// <summary>Where a point was last drawn.</summary>
    /// <param name="coordinates">The point, in the data's units.</param>
    /// <exception cref="InvalidOperationException">Nothing was drawn yet.</exception>
    public Pixel GetPixel(Coordinates coordinates)
    {
        var data = _lastDataRect ?? throw new InvalidOperationException("the figure was not drawn yet");
        return new Pixel(Axes.Bottom.GetPixel(coordinates.X, data), Axes.Left.GetPixel(coordinates.Y, data));
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="width">Pixels, 1 to 32767.</param>
    /// <param name="height">Pixels, 1 to 32767.</param>
    /// <param name="format">PNG or SVG.</param>
    /// <returns>The file's content.</returns>
    /// <exception cref="NotSupportedException">Another format, or the machine has no libcairo.</exception>
    /// <exception cref="InvalidOperationException">No limits are set, or the texts leave no room for data.</exception>
    public byte[] GetImageBytes(int width, int height, ImageFormat format = ImageFormat.Bmp)
    {
        if (format == ImageFormat.Svg) return Encoding.UTF8.GetBytes(GetSvgXml(width, height));
        if (format != ImageFormat.Png) throw new NotSupportedException($"this binding writes PNG and SVG, not {format}");
        RequireSize(width, height);
        using var canvas = new CairoCanvas(width, height);
        Draw(canvas, width, height);
        return canvas.ToPng();
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="width">Pixels, 1 to 32767.</param>
    /// <param name="height">Pixels, 1 to 32767.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="InvalidOperationException">No limits are set, or the texts leave no room for data.</exception>
    public string GetSvgXml(int width, int height)
    {
        RequireSize(width, height);
        var canvas = new SvgCanvas(width, height);
        Draw(canvas, width, height);
        return canvas.ToXml();
    }

    /// <summary>Writes the figure as a PNG.</summary>
    /// <param name="filePath">The file.</param>
    /// <param name="width">Pixels, 1 to 32767.</param>
    /// <param name="height">Pixels, 1 to 32767.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public SavedImageInfo SavePng(string filePath, int width, int height) => Save(filePath, GetImageBytes(width, height, ImageFormat.Png));

    /// <summary>Writes the figure as an SVG.</summary>
    /// <param name="filePath">The file.</param>
    /// <param name="width">Pixels, 1 to 32767.</param>
    /// <param name="height">Pixels, 1 to 32767.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public SavedImageInfo SaveSvg(string filePath, int width, int height) => Save(filePath, GetImageBytes(width, height, ImageFormat.Svg));

    private static SavedImageInfo Save(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        return new SavedImageInfo(path, content.Length);
    }

    private static void Set(LabelStyle label, string? text, float? size) => (label.Text, label.FontSize) = (text ?? "", size ?? label.FontSize);

    private static void RequireSize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaximumSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaximumSide);
    }

    private void Draw(Canvas canvas, int width, int height)
    {
        if (!Axes.LimitsHaveBeenSet) throw new InvalidOperationException("call Axes.SetLimits first: this binding does not choose limits");
        using var paint = Paint.NewDisposablePaint();
        var figure = new PixelRect(0, width, height, 0);
        var data = Layout.DataRect(figure, () => Axes.Measure(paint, figure));
        _lastDataRect = data;
        var rp = new RenderPack(this, canvas, paint, figure, data);
        canvas.Fill(figure, Colors.White);
        Axes.DrawGrid(rp, Grid);
        canvas.PushClip(data);
        foreach (var plottable in PlottableList.Where(plottable => plottable.IsVisible))
        {
            plottable.Render(rp);
        }

        canvas.PopClip();
        Axes.Draw(rp);
        if (Legend.IsVisible)
        {
            var margin = Legend.Margin;
            Legend.Draw(rp, new PixelRect(data.Left + margin.Left, data.Right - margin.Right, data.Bottom - margin.Bottom, data.Top + margin.Top), Legend.Alignment);
        }
    }
}
