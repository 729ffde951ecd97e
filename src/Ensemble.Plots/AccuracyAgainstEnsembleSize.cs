using Ensemble.Measurement;

namespace Ensemble.Plots;

/// <summary>What each further member brings to an ensemble.</summary>
public static class AccuracyAgainstEnsembleSize
{
    /// <summary>Draws the figure.</summary>
    /// <param name="curve">Ensembles by size, as results.json has them.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option or a value of the curve is out of range.</exception>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public static Figure Draw(EnsembleCurve curve, EnsembleSizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (curve.FindFault() is { } fault) throw new ArgumentException($"the curve {fault}", nameof(curve));

        const string Mean = "mean of the ensembles of a size";
        const string InOrder = "first members in their order";
        var points = curve.Points;
        double[] values = [.. points.SelectMany(point => new[] { 100 * point.MinimumAccuracy, 100 * point.MaximumAccuracy, 100 * point.InOrderAccuracy })];
        var isDrawn = points.Any(point => !point.AllSubsets);
        var frame = new FigureFrame(
            options,
            $"{options.Title ?? "accuracy against the ensemble's size"}\nbars from the worst to the best ensemble of a size{(isDrawn ? $", {points.Max(point => point.Subsets)} drawn" : "")}",
            Members(points.Count),
            AxisScale.Linear("accuracy, % of the test images", values, 100),
            [Mean, InOrder]);
        frame.AddBars(points.Select(point => ((double)point.Size, 100 * point.MeanAccuracy, 100 * point.MinimumAccuracy, 100 * point.MaximumAccuracy)), Palette.Purple);
        frame.AddSeries(InOrder, [.. points.Select(point => ((double)point.Size, 100 * point.InOrderAccuracy))], Palette.Of(Runs.ModelRole.Teacher), 11);
        frame.AddSeries(Mean, [.. points.Select(point => ((double)point.Size, 100 * point.MeanAccuracy))], Palette.Of(Runs.ModelRole.Ensemble));
        foreach (var point in points)
        {
            frame.AddPoint(point.Size, 100 * point.MeanAccuracy, $"{point.Size} {(point.Size == 1 ? "member" : "members")}: mean of {point.Subsets} {100 * point.MeanAccuracy:0.00}%, from {100 * point.MinimumAccuracy:0.00} to {100 * point.MaximumAccuracy:0.00}; the first in their order {100 * point.InOrderAccuracy:0.00}%");
        }

        return frame.Finish();
    }

    private static AxisScale Members(int count) =>
        count > 12 ? AxisScale.Between("members", 0, count + 0.5) : AxisScale.Numbers("members", 1, count);
}
