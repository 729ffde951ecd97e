namespace Ensemble.Plots;

/// <summary>Error against the temperature of the soft targets, a line for each size of student.</summary>
public static class ErrorAgainstTemperature
{
    private const int MostMarks = 10;

    /// <summary>Draws the figure.</summary>
    /// <param name="series">At least one.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option, a temperature or an error is out of range, or there is none.</exception>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public static Figure Draw(IReadOnlyList<TemperatureSeries> series, TemperatureOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var points = series.SelectMany(entry => entry.Points).ToArray();
        if (points.Length == 0 || series.Any(entry => entry.Points.Count == 0) || points.Any(IsFaulty))
        {
            throw new ArgumentException("every series must have points, of a temperature above 0 and at least one error of 0 to 1", nameof(series));
        }

        double[] temperatures = [.. points.Select(point => point.Temperature).Distinct().Order()];
        var most = points.Max(point => point.Errors.Count);
        var frame = new FigureFrame(
            options,
            $"{options.Title ?? "error of the distilled student against temperature"}\n{(most == 1 ? "one student a point" : $"means of up to {most} seeds; bars from the lowest to the highest")}",
            AxisScale.Logarithmic("temperature of the soft targets", temperatures, temperatures.Length <= MostMarks ? temperatures : null),
            AxisScale.Linear("test error, %", [.. points.SelectMany(point => point.Errors).Select(error => 100 * error)]),
            [.. series.Select(entry => entry.Name)]);
        foreach (var (entry, index) in series.Select((entry, index) => (entry, index)))
        {
            var style = Palette.Series[index % Palette.Series.Count];
            var ordered = entry.Points.OrderBy(point => point.Temperature).ToArray();
            frame.AddBars(ordered.Select(point => (point.Temperature, 100 * point.Errors.Average(), 100 * point.Errors.Min(), 100 * point.Errors.Max())), style.Color);
            frame.AddSeries(entry.Name, [.. ordered.Select(point => (point.Temperature, 100 * point.Errors.Average()))], style);
            foreach (var point in ordered)
            {
                var range = point.Errors.Count > 1 ? $" ({100 * point.Errors.Min():0.00} to {100 * point.Errors.Max():0.00}, {point.Errors.Count} students)" : "";
                frame.AddPoint(point.Temperature, 100 * point.Errors.Average(), $"{entry.Name}, T = {point.Temperature:0.###}: error {100 * point.Errors.Average():0.00}%{range}");
            }
        }

        return frame.Finish();
    }

    private static bool IsFaulty(TemperaturePoint point) =>
        !(double.IsFinite(point.Temperature) && point.Temperature > 0) || point.Errors.Count == 0 || !point.Errors.All(error => error is >= 0 and <= 1);
}
