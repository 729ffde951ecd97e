using Ensemble.Storage;
using ScottPlot;

namespace Ensemble.Plots;

/// <summary>A figure that was laid out, to be written as PNG or SVG.</summary>
public sealed class Figure
{
    private readonly Plot _plot;
    private readonly FigureOptions _size;

    internal Figure(Plot plot, FigureOptions size, IReadOnlyList<LabelBox> labels, IReadOnlyList<string> omittedLabels, IReadOnlyList<FigurePoint> points) =>
        (_plot, _size, Labels, OmittedLabels, Points) = (plot, size, labels, omittedLabels, points);

    /// <summary>The file names' endings that <see cref="Save"/> knows.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".svg"];

    /// <summary>Texts beside points, none of which covers another.</summary>
    public IReadOnlyList<LabelBox> Labels { get; }

    /// <summary>Texts for which there was no free place, and which are not in the figure.</summary>
    public IReadOnlyList<string> OmittedLabels { get; }

    /// <summary>The values that are drawn as points, each with its place; pages show them where a reader asks.</summary>
    public IReadOnlyList<FigurePoint> Points { get; }

    /// <summary>Whether a file's name ends as <see cref="Save"/> wants it.</summary>
    /// <param name="path">The file.</param>
    public static bool IsWritable(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>The figure as a PNG.</summary>
    /// <exception cref="MachineFaultException">The machine lacks what draws it.</exception>
    public byte[] ToPng() => PlotMachine.Guard(() => _plot.GetImageBytes(_size.Width, _size.Height, ImageFormat.Png));

    /// <summary>The figure as an SVG, its texts as text.</summary>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public string ToSvg() => PlotMachine.Guard(() => _plot.GetSvgXml(_size.Width, _size.Height));

    /// <summary>Writes the figure, whole or not at all.</summary>
    /// <param name="path">A file that ends with .png or .svg; missing folders above it are created.</param>
    /// <exception cref="ArgumentException">It ends with something else.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written, or the machine lacks what draws it.</exception>
    public void Save(string path)
    {
        if (!IsWritable(path)) throw new ArgumentException($"must end with {string.Join(" or ", Extensions)}, is {path}", nameof(path));
        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            AtomicFile.WriteText(path, ToSvg());
        }
        else
        {
            AtomicFile.WriteBytes(path, ToPng());
        }
    }

    /// <summary>Where a point is drawn, once the figure was.</summary>
    internal Pixel PixelOf(double x, double y) => _plot.GetPixel(new Coordinates(x, y));
}
