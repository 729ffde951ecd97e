namespace Ensemble.Plots;

/// <summary>Published values beside our own, a place for each.</summary>
public static class PublishedBesideOurs
{
    private const float MarkerSize = 14;

    /// <summary>Draws the figure.</summary>
    /// <param name="values">At least one; each has a published value or one of ours.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">An option or a value is out of range, or there is nothing to draw.</exception>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public static Figure Draw(IReadOnlyList<ComparedValue> values, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        double[] all = [.. values.SelectMany(value => value.Published is { } published ? value.Values.Append(published) : value.Values)];
        if (values.Count == 0 || values.Any(value => value.Published is null && value.Values.Count == 0) || !all.All(double.IsFinite))
        {
            throw new ArgumentException("must hold at least one value, each published or ours, and finite", nameof(values));
        }

        const string Published = "the paper";
        const string Ours = "here";
        var most = values.Max(value => value.Values.Count);
        var frame = new FigureFrame(
            options,
            $"{options.Title ?? $"{options.Quantity}, the paper's and ours"}\n{(most < 2 ? "one network a point" : $"means of up to {most} seeds; bars from the lowest to the highest")}",
            AxisScale.Categories("", [.. values.Select(value => value.Name)]),
            AxisScale.Linear(options.Quantity, [.. all, 0]),
            [Published, Ours]);
        var ours = values.Select((value, place) => (Place: (double)place, value.Values)).Where(value => value.Values.Count > 0).ToArray();
        frame.AddBars(ours.Select(value => (value.Place, value.Values.Average(), value.Values.Min(), value.Values.Max())), Palette.Series[0].Color);
        frame.AddSeries(Published, [.. values.Select((value, place) => (X: (double)place, value.Published)).Where(value => value.Published is not null).Select(value => (value.X, value.Published!.Value))], Palette.Series[5], MarkerSize, 0);
        frame.AddSeries(Ours, [.. ours.Select(value => (value.Place, value.Values.Average()))], Palette.Series[0], MarkerSize, 0);
        return frame.Finish();
    }
}
