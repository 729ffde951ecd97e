using System.Globalization;
using ScottPlot;

namespace Ensemble.Plots;

/// <summary>Which classes are taken for which: a row for each true class, a column for each answer, darker where more of the
/// row's images are.</summary>
public static class ConfusionMatrix
{
    private const float SmallestFont = 9;
    private static readonly Color s_dark = Palette.Blue;

    /// <summary>Draws the figure.</summary>
    /// <param name="counts">[true class][answer], images, at least 0; as many rows and columns as classes.</param>
    /// <param name="classNames">The classes, at least one.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option or a count is out of range, or the sizes differ.</exception>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public static Figure Draw(IReadOnlyList<IReadOnlyList<long>> counts, IReadOnlyList<string> classNames, ConfusionOptions options)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (classNames.Count == 0 || counts.Count != classNames.Count || counts.Any(row => row.Count != classNames.Count || row.Any(count => count < 0)))
        {
            throw new ArgumentException($"must be {classNames.Count} rows of {classNames.Count} counts of at least 0, for at least one class", nameof(counts));
        }

        var (right, all) = (counts.Select((row, index) => row[index]).Sum(), counts.Sum(row => row.Sum()));
        var frame = new FigureFrame(
            options,
            $"{options.Title ?? "what is taken for what"}\n{all:N0} images, {right:N0} of them right; each row's shade is its share",
            AxisScale.Categories("answer", Thin(classNames)),
            AxisScale.Categories("true class", [.. Thin(classNames).Reverse()]),
            [],
            xTickRotation: -45);
        frame.Plot.HideGrid();
        for (var row = 0; row < counts.Count; row++)
        {
            AddRow(frame, counts[row], counts.Count - 1 - row);
        }

        return frame.Finish();
    }

    private static void AddRow(FigureFrame frame, IReadOnlyList<long> counts, int y)
    {
        var sum = Math.Max(1, counts.Sum());
        for (var x = 0; x < counts.Count; x++)
        {
            var share = (double)counts[x] / sum;
            var cell = frame.Plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
            // The square root shows the few that are wrong beside the many that are right.
            (cell.FillColor, cell.LineColor, cell.LineWidth) = (Colors.White.MixedWith(s_dark, Math.Sqrt(share)), Palette.Grid, 1);
            if (counts[x] > 0 && FontFor(frame, counts[x]) is { } size)
            {
                frame.AddText(counts[x].ToString(CultureInfo.InvariantCulture), x, y, Alignment.MiddleCenter, share > 0.3 ? Colors.White : Palette.Ink, size);
            }
        }
    }

    // The largest that fits into a cell; none where even the smallest does not.
    private static float? FontFor(FigureFrame frame, long count)
    {
        var (left, right) = (frame.ToPixel(0, 0).X, frame.ToPixel(1, 0).X);
        var (lower, upper) = (frame.ToPixel(0, 0).Y, frame.ToPixel(0, 1).Y);
        var unit = FigureFrame.Measure(count.ToString(CultureInfo.InvariantCulture), 10);
        var size = (float)Math.Min((right - left - 6) / unit.Width, (lower - upper - 4) / unit.Height) * 10;
        return size < SmallestFont ? null : Math.Min(size, FigureFrame.FontSize);
    }

    // With many classes not every name has room; every second, third ... is written, the others' marks stand bare.
    private static string[] Thin(IReadOnlyList<string> names)
    {
        var step = (names.Count + 24) / 25;
        return [.. names.Select((name, index) => index % step == 0 ? Shorten(name) : "")];
    }

    private static string Shorten(string name) => name.Length <= 16 ? name : name[..15] + "…";
}
