using System.Xml.Linq;

namespace Ensemble.Plots.Reports;

/// <summary>Accuracy against size, members and temperature, and how the trainings went.</summary>
internal static class FiguresSection
{
    private static readonly (SizeMeasure Measure, string Name)[] s_measures =
        [(SizeMeasure.Parameters, "parameters"), (SizeMeasure.MultiplyAdds, "multiply-adds"), (SizeMeasure.Bytes, "bytes"), (SizeMeasure.Latency, "latency")];

    public static XElement Build(ReportData data) => Markup.Section(
        "figures",
        "Figures",
        Markup.Paragraph("Points tell their values under the mouse, or under the keyboard: Tab goes from figure to figure, the arrow keys from point to point."),
        AgainstSize(data),
        Markup.Element("div", "pair", Members(data), Temperatures(data), Curves(data)));

    private static XElement AgainstSize(ReportData data)
    {
        var runs = data.Runs.Select(run => run.Plotted).ToArray();
        var panels = s_measures
            .Where(entry => SizedPoint.Gather(runs, entry.Measure, null).Points.Count > 0)
            .Select(entry => (entry.Name, data.Figures.Draw(
                AccuracyAgainstSize.Draw(runs, new AccuracyAgainstSizeOptions { Size = entry.Measure, Width = data.IsOne ? 800 : 960, Height = data.IsOne ? 540 : 640 }),
                $"Accuracy against {entry.Name}: the gray line is the best at each size or less.")));
        return new XElement("div", new XElement("h3", "Accuracy against size"), Markup.Switch("size", "Size in", [.. panels]));
    }

    private static XElement? Members(ReportData data)
    {
        if (data.Runs.Select(run => run.Results.EnsembleCurve).FirstOrDefault(curve => curve?.Points.Count > 1) is not { } curve) return null;
        var figure = AccuracyAgainstEnsembleSize.Draw(curve, new EnsembleSizeOptions { Width = 720, Height = 520 });
        return new XElement("div", new XElement("h3", "What each further teacher brings"), data.Figures.Draw(figure, curve.MeanDisagreement is { } apart ? $"Two teachers differ on {100 * apart:0.0}% of the test images in the mean." : "Ensembles by size."));
    }

    private static XElement? Temperatures(ReportData data)
    {
        var series = TemperatureRuns.Gather(data.Runs);
        if (series.Count == 0) return null;
        var figure = ErrorAgainstTemperature.Draw(series, new TemperatureOptions { Width = 720, Height = 520 });
        return new XElement("div", new XElement("h3", "Temperature"), data.Figures.Draw(figure, "The distilled student's error against the temperature of its soft targets."));
    }

    private static XElement Curves(ReportData data)
    {
        var heading = new XElement("h3", "How the trainings went");
        var curves = data.Runs.SelectMany(run => run.Curves).ToArray();
        try
        {
            var panels = new[] { (TrainingQuantity.Accuracy, "accuracy"), (TrainingQuantity.Loss, "loss") }
                .Where(entry => curves.Any(curve => curve.Entries.Any(line => entry.Item1 == TrainingQuantity.Loss ? line.Losses.Count > 0 : line.Accuracy is not null)))
                .Select(entry => (entry.Item2, data.Figures.Draw(
                    TrainingCurves.Draw(curves, new TrainingCurvesOptions { Quantity = entry.Item1, Width = 720, Height = 520 }),
                    entry.Item1 == TrainingQuantity.Accuracy ? "On the training images as they were augmented, in training mode: test accuracy stands in the table." : "Each network's own loss: those of different objectives are not comparable."))).ToArray();
            return new XElement("div", heading, panels.Length == 0 ? Markup.Note("The runs have no metrics.jsonl: their trainings' logs were not kept.") : Markup.Switch("curves", "Over epochs", panels));
        }
        catch (ArgumentException exception)
        {
            return new XElement("div", heading, Markup.Note($"Not drawn: {exception.Message}."));
        }
    }
}
