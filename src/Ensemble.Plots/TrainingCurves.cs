using Ensemble.Runs;

namespace Ensemble.Plots;

/// <summary>How trainings went, epoch by epoch.</summary>
public static class TrainingCurves
{
    private const int MostMarkers = 40;

    // Of more epochs in all, only each curve's last is a point to ask for, and lines have no markers.
    private const int MostPoints = 250;

    /// <summary>Draws the figure.</summary>
    /// <param name="curves">At least one with the quantity that is drawn.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option is out of range, or no entry has the quantity.</exception>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public static Figure Draw(IReadOnlyList<TrainingCurve> curves, TrainingCurvesOptions options)
    {
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var drawn = curves.Select(curve => (Curve: curve, Points: Points(curve, options.Quantity))).Where(entry => entry.Points.Count > 0).ToArray();
        if (drawn.Length == 0) throw new ArgumentException($"no entry has the {options.Quantity.ToString().ToLowerInvariant()} of its epoch", nameof(curves));

        var isAccuracy = options.Quantity == TrainingQuantity.Accuracy;
        var epochs = drawn.SelectMany(entry => entry.Points.Select(point => point.X)).ToArray();
        double[] values = [.. drawn.SelectMany(entry => entry.Points.Select(point => point.Y))];
        var frame = new FigureFrame(
            options,
            options.Title ?? (isAccuracy ? "accuracy on the training images, as they were augmented" : "training loss, each network's own"),
            AxisScale.Between("epoch", Math.Min(0, epochs.Min()), Math.Max(epochs.Max() * 1.03, 1), epochs.Max()),
            isAccuracy ? AxisScale.Linear("accuracy, % of the epoch's images", values, 100) : AxisScale.Linear("loss, mean over the epoch", [.. values, 0]),
            [.. drawn.Select(entry => entry.Curve.Name).Distinct()]);
        var named = new HashSet<string>();
        var isCrowded = drawn.Sum(entry => entry.Points.Count) > MostPoints;
        foreach (var (curve, points) in drawn)
        {
            foreach (var (x, y) in isCrowded ? points.TakeLast(1) : points)
            {
                frame.AddPoint(x, y, $"{curve.Name}, epoch {x:0}: {(isAccuracy ? $"{y:0.00}%" : $"{y:0.0000}")}");
            }

            frame.AddSeries(named.Add(curve.Name) ? curve.Name : "", points, Palette.Of(curve.Role), isCrowded || points.Count > MostMarkers ? 0 : 9);
        }

        return frame.Finish();
    }

    private static List<(double X, double Y)> Points(TrainingCurve curve, TrainingQuantity quantity) =>
        [.. curve.Entries.Select(entry => (X: (double)entry.Epoch, Y: ValueOf(entry, quantity))).Where(point => point.Y is not null).Select(point => (point.X, point.Y!.Value))];

    private static double? ValueOf(MetricsEntry entry, TrainingQuantity quantity) => quantity switch
    {
        TrainingQuantity.Accuracy => 100 * entry.Accuracy,
        _ => entry.Losses.Count == 0 ? null : entry.Losses.Values.Sum(),
    };
}
