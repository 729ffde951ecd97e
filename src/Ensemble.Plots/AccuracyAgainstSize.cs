using Ensemble.Runs;

namespace Ensemble.Plots;

/// <summary>
/// Accuracy against size: the teachers, the ensemble, and each student alone and distilled. Repetitions under other seeds are
/// one point with a bar; the broad gray line is the frontier, the best mean at each size or less.
/// </summary>
public static class AccuracyAgainstSize
{
    private const string FrontierName = "frontier";

    /// <summary>Draws the figure.</summary>
    /// <param name="runs">At least one, all of the same data set.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">
    /// An option is out of range, there is no run, the runs are of several data sets, or no model has the size that was asked for.
    /// </exception>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public static Figure Draw(IReadOnlyList<PlottedRun> runs, AccuracyAgainstSizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var datasets = runs.Select(run => Path.GetFileName(run.Results.Dataset)).Distinct().ToArray();
        if (datasets.Length != 1) throw new ArgumentException($"the runs must be of one data set, are of {datasets.Length}: {string.Join(", ", datasets)}", nameof(runs));
        var (points, spread) = SizedPoint.Gather(runs, options.Size, options.Spread);
        if (points.Count == 0) throw new ArgumentException($"no model has a size above 0 in {Unit(options.Size)}", nameof(runs));

        var series = Series(points);
        var frame = new FigureFrame(
            options,
            $"{options.Title ?? $"{datasets[0]}: accuracy against size"}\n{Describe(points, spread)}",
            AxisScale.Logarithmic(Unit(options.Size), [.. points.Select(point => point.Size)]),
            AxisScale.Linear("accuracy, % of the test images", [.. points.SelectMany(point => new[] { point.Low, point.High, point.Accuracy })], 100),
            [.. series.Select(entry => entry.Name), FrontierName]);
        AddFrontier(frame, points);
        foreach (var (_, style, members) in series)
        {
            frame.AddBars(members.Select(point => (point.Size, point.Accuracy, point.Low, point.High)), style.Color);
        }

        foreach (var (name, style, members) in series)
        {
            var isJoined = members[0].Role is ModelRole.Baseline or ModelRole.Student;
            var markerSize = members[0].Role == ModelRole.Ensemble ? 15 : 13;
            frame.AddSeries(name, [.. members.Select(point => (point.Size, point.Accuracy))], style, markerSize, isJoined && members.Count > 1 ? 2.5f : 0);
            foreach (var point in members)
            {
                frame.AddPoint(point.Size, point.Accuracy, Describe(point, name, options.Size));
            }
        }

        AddLabels(frame, points);
        return frame.Finish();
    }

    private static List<(string Name, Palette.Style Style, IReadOnlyList<SizedPoint> Points)> Series(IReadOnlyList<SizedPoint> points)
    {
        var series = new List<(string Name, Palette.Style Style, IReadOnlyList<SizedPoint> Points)>();
        foreach (var role in new[] { ModelRole.Teacher, ModelRole.Ensemble, ModelRole.Baseline, ModelRole.Student })
        {
            var variants = points.Where(point => point.Role == role).GroupBy(point => point.Variant).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
            for (var index = 0; index < variants.Length; index++)
            {
                var style = index == 0 ? Palette.Of(role) : Palette.Series[index % Palette.Series.Count];
                var name = role switch { ModelRole.Teacher => "teacher", ModelRole.Ensemble => "ensemble", ModelRole.Baseline => "student alone", _ => "student distilled" };
                series.Add((variants[index].Key is { } variant ? $"distilled, {variant}" : name, style, [.. variants[index]]));
            }
        }

        return series;
    }

    private static void AddFrontier(FigureFrame frame, IEnumerable<SizedPoint> points)
    {
        var steps = new List<(double X, double Y)>();
        foreach (var point in SizedPoint.Frontier(points))
        {
            if (steps.Count > 0) steps.Add((point.Size, steps[^1].Y));
            steps.Add((point.Size, point.Accuracy));
        }

        frame.AddSeries(FrontierName, steps, new Palette.Style(Palette.Faint, ScottPlot.MarkerShape.None, ScottPlot.LinePattern.Solid), markerSize: 0, lineWidth: 7);
    }

    // A student alone and distilled stand above one another: one text says what both are, beside the better one.
    private static void AddLabels(FigureFrame frame, IReadOnlyList<SizedPoint> points)
    {
        var labelled = points.GroupBy(point => (IsStudent: point.Role is ModelRole.Baseline or ModelRole.Student, point.Label, Size: point.Role is ModelRole.Baseline or ModelRole.Student ? 0 : point.Size))
            .Select(group => group.MaxBy(point => point.Accuracy)!);
        frame.AddLabels([.. labelled.OrderByDescending(point => point.Accuracy).Select(point => (point.Label, point.Size, point.Accuracy))], Palette.Ink);
    }

    private static string Describe(SizedPoint point, string series, SizeMeasure measure)
    {
        var range = point.High > point.Low ? $" ({point.Low:0.00} to {point.High:0.00})" : "";
        var size = measure == SizeMeasure.Latency ? $"{point.Size:0.###} ms for one image" : $"{point.Size:N0} {Unit(measure)}";
        return $"{point.Label}, {series}{(point.Count > 1 ? $", {point.Count} of them" : "")}: {point.Accuracy:0.00}%{range}, {size}";
    }

    private static string Describe(IReadOnlyList<SizedPoint> points, Spread spread)
    {
        var bars = spread switch
        {
            Spread.MinimumToMaximum => "bars from the lowest to the highest",
            Spread.StandardDeviation => "bars of one standard deviation to either side",
            _ => "bars of 95% over the test images",
        };
        var students = points.Where(point => point.Role is ModelRole.Baseline or ModelRole.Student).DefaultIfEmpty(points[0]).ToArray();
        var (fewest, most) = (students.Min(point => point.Count), students.Max(point => point.Count));
        var count = fewest == most ? $"{most}" : $"{fewest} to {most}";
        return most == 1 ? $"students: one seed; {bars}" : $"students: means of {count} seeds; {bars}";
    }

    private static string Unit(SizeMeasure measure) => measure switch
    {
        SizeMeasure.Parameters => "parameters",
        SizeMeasure.MultiplyAdds => "multiply-adds for one image",
        SizeMeasure.Bytes => "bytes",
        _ => "milliseconds for one image",
    };
}
