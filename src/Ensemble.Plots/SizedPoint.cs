using Ensemble.Runs;

namespace Ensemble.Plots;

/// <summary>The repetitions of one model, as one point of the figure.</summary>
/// <param name="Role">What the model is for.</param>
/// <param name="Label">What is written beside the point.</param>
/// <param name="Variant">What sets a student apart from others of its architecture; null for nothing.</param>
/// <param name="Size">The median of the repetitions' sizes, above 0.</param>
/// <param name="Accuracy">The mean, in percent.</param>
/// <param name="Low">The bar's lower end, in percent.</param>
/// <param name="High">The bar's upper end, in percent.</param>
/// <param name="Count">Repetitions, at least 1.</param>
internal sealed record SizedPoint(ModelRole Role, string Label, string? Variant, double Size, double Accuracy, double Low, double High, int Count)
{
    /// <summary>Gathers the repetitions of every model that has a size.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="measure">What size is counted in.</param>
    /// <param name="spread">What the bars show; null for the range where seeds were repeated (teachers of one run are several under one seed),
    /// and else the interval over the test images.</param>
    /// <returns>The points, small models first, and what their bars show.</returns>
    public static (IReadOnlyList<SizedPoint> Points, Spread Spread) Gather(IEnumerable<PlottedRun> runs, SizeMeasure measure, Spread? spread)
    {
        var groups = ModelGroup.Gather(runs, model => SizeOf(model, measure) > 0);
        var shown = spread ?? (groups.Any(group => group.Role != ModelRole.Teacher && group.Models.Count > 1) ? Plots.Spread.MinimumToMaximum : Plots.Spread.TestInterval);
        var points = groups.Select(group => Of(group, measure, shown));
        return ([.. points.OrderBy(point => point.Size).ThenBy(point => point.Accuracy)], shown);
    }

    /// <summary>The best accuracy at every size or less: of the points, those that no smaller one reaches.</summary>
    public static IReadOnlyList<SizedPoint> Frontier(IEnumerable<SizedPoint> points)
    {
        var frontier = new List<SizedPoint>();
        foreach (var point in points.OrderBy(point => point.Size).ThenByDescending(point => point.Accuracy))
        {
            if (frontier.Count == 0 || point.Accuracy > frontier[^1].Accuracy) frontier.Add(point);
        }

        return frontier;
    }

    /// <summary>A model's size; 0 where it was not measured.</summary>
    public static double SizeOf(ResultRecord model, SizeMeasure measure) => measure switch
    {
        SizeMeasure.Parameters => model.Parameters,
        SizeMeasure.MultiplyAdds => model.MultiplyAdds,
        SizeMeasure.Bytes => model.Bytes,
        _ => model.Latency?.Batch1Milliseconds ?? 0,
    };

    private static SizedPoint Of(ModelGroup group, SizeMeasure measure, Spread spread)
    {
        var models = group.Models;
        double[] accuracies = [.. models.Select(model => 100 * model.Accuracy)];
        double[] sizes = [.. models.Select(model => SizeOf(model, measure)).Order()];
        var mean = accuracies.Average();
        var deviation = models.Count == 1 ? 0 : Math.Sqrt(accuracies.Sum(accuracy => (accuracy - mean) * (accuracy - mean)) / (models.Count - 1));
        var (low, high) = spread switch
        {
            Plots.Spread.MinimumToMaximum => (accuracies.Min(), accuracies.Max()),
            Plots.Spread.StandardDeviation => (mean - deviation, mean + deviation),
            _ => (100 * models.Average(model => model.AccuracyLow), 100 * models.Average(model => model.AccuracyHigh)),
        };
        var median = (sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]) / 2;
        return new SizedPoint(group.Role, group.Label, group.Variant, median, mean, low, high, models.Count);
    }
}
