using Ensemble.Measurement;
using ScottPlot;

namespace Ensemble.Plots;

/// <summary>How often a model is right where it is so sure: bars that end at the diagonal are honest (Guo et al. 2017,
/// arXiv 1706.04599, figure 1).</summary>
public static class ReliabilityDiagram
{
    private const string Accuracy = "right";
    private const string GapName = "gap to how sure it is";

    /// <summary>Draws the figure.</summary>
    /// <param name="bins">Ranges that do not overlap, at least one with images.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option or a range is out of range, or no range has images.</exception>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public static Figure Draw(IReadOnlyList<ReliabilityBin> bins, ReliabilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(bins);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var filled = bins.Where(bin => bin.Count > 0).ToArray();
        if (filled.Length == 0 || bins.Any(IsFaulty)) throw new ArgumentException("a range must lie within 0 to 1, and one must have images", nameof(bins));

        var frame = new FigureFrame(
            options,
            options.Title ?? "how often it is right, by how sure it is",
            AxisScale.Between("confidence: the top-1 probability, %", 0, 100),
            AxisScale.Between("right, % of the images", 0, 105, 100),
            [Accuracy, GapName]);
        foreach (var (bin, index) in filled.Select((bin, index) => (bin, index)))
        {
            Add(frame.Plot, index == 0 ? Accuracy : "", bin, 0, bin.Accuracy!.Value, Palette.Blue, Colors.White);
            Add(frame.Plot, index == 0 ? GapName : "", bin, bin.Accuracy.Value, bin.Confidence!.Value, Palette.Vermillion.WithAlpha(0.35), Palette.Vermillion);
        }

        foreach (var bin in filled)
        {
            frame.AddPoint(50 * (bin.Low + bin.High), 100 * bin.Accuracy!.Value, $"confidence {100 * bin.Low:0} to {100 * bin.High:0}%: {100 * bin.Accuracy.Value:0.0}% right of {bin.Count:N0} {(bin.Count == 1 ? "image" : "images")}, mean confidence {100 * bin.Confidence!.Value:0.0}%");
        }

        frame.AddSeries("", [(0, 0), (100, 100)], new Palette.Style(Palette.Ink, MarkerShape.None, LinePattern.Dashed), markerSize: 0, lineWidth: 2);
        var images = filled.Sum(bin => bin.Count);
        var error = filled.Sum(bin => bin.Count * Math.Abs(bin.Confidence!.Value - bin.Accuracy!.Value)) / images;
        frame.AddText($"expected calibration error {100 * error:0.0}%\n{images:N0} images", 3, 102, Alignment.UpperLeft, Palette.Ink);
        return frame.Finish();
    }

    private static void Add(Plot plot, string name, ReliabilityBin bin, double from, double to, Color fill, Color edge)
    {
        var bar = plot.Add.Rectangle(100 * bin.Low, 100 * bin.High, 100 * Math.Min(from, to), 100 * Math.Max(from, to));
        (bar.FillColor, bar.LineColor, bar.LineWidth, bar.LegendText) = (fill, edge, 1, name);
    }

    private static bool IsFaulty(ReliabilityBin bin) =>
        !(bin.Low >= 0 && bin.High <= 1 && bin.Low < bin.High) || bin.Count < 0
        || (bin.Count > 0 && !(bin.Confidence is >= 0 and <= 1 && bin.Accuracy is >= 0 and <= 1));
}
