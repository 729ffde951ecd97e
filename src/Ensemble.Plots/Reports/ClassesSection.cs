using System.Globalization;
using System.Xml.Linq;
using Ensemble.Measurement;
using Ensemble.Runs;
using Cell = Ensemble.Plots.Reports.SortableTable.Cell;

namespace Ensemble.Plots.Reports;

/// <summary>Class by class: accuracies, losses against the ensemble, and what is taken for what.</summary>
internal static class ClassesSection
{
    private const int MostRows = 60;
    private const int MostDrawnForAll = 12;
    private const int MostDrawn = 30;
    private const int Confusions = 12;

    public static XElement Build(ReportData data) => Markup.Section("classes", "Classes", Accuracies(data), Confused(data));

    // From results.json: there also where the answers are not.
    private static IEnumerable<XElement> Accuracies(ReportData data)
    {
        var results = (data.Shown?.Run ?? data.First).Results;
        var (ensemble, alone, student) = (Find(results, ModelRole.Ensemble), Find(results, ModelRole.Baseline), Find(results, ModelRole.Student));
        var names = data.Shown?.ClassNames;
        var reference = student ?? alone;
        if (reference is null || reference.PerClassAccuracy.Count == 0) yield break;
        var rows = Enumerable.Range(0, reference.PerClassAccuracy.Count)
            .Select(label => (Name: names is null ? $"class {label}" : names[label], Ensemble: At(ensemble, label), Alone: At(alone, label), Student: At(student, label)))
            .OrderBy(row => row.Student - row.Ensemble ?? double.PositiveInfinity)
            .ToArray();
        yield return new XElement("h3", "Accuracy on each class");
        var worse = rows.Count(row => row.Student < row.Ensemble);
        if (student is not null && ensemble is not null)
        {
            yield return Markup.Paragraph($"The student is worse than the ensemble on {worse} of {rows.Length} classes; those it loses most on come first.{data.OfShown}{(rows.Length > MostRows ? $" The first {MostRows} are shown." : "")}");
        }

        var widest = rows.Max(row => Math.Abs(row.Student - row.Ensemble ?? 0));
        var table = new SortableTable("Accuracy on the test images of each class, %", ("class", null), ("ensemble %", null), ("alone %", "the student's network, trained alone"), ("student %", null), ("−\u00a0ensemble", "the student's accuracy less the ensemble's, in points"), ("−\u00a0alone", "the student's accuracy less that of the same network trained alone, in points"));
        foreach (var row in rows.Take(MostRows))
        {
            table.Add(null, Cell.Of(row.Name), Cell.Of(row.Ensemble, "0.0"), Cell.Of(row.Alone, "0.0"), Cell.Of(row.Student, "0.0"), Difference(row.Student - row.Ensemble, widest), Difference(row.Student - row.Alone, 0));
        }

        yield return table.ToElement();
    }

    private static IEnumerable<XElement> Confused(ReportData data)
    {
        yield return new XElement("h3", "What is taken for what");
        if (data.Shown is not { } shown)
        {
            yield return Markup.Note("Missing, as the calibration is.");
            yield break;
        }

        var counted = shown.Models.OrderBy(model => model.Role == ModelRole.Ensemble).Select(model => (model.Name, Confusions: ConfusionCounts.Of(model.Answers, shown.Labels))).ToArray();
        if (shown.ClassNames.Count <= MostDrawn)
        {
            var side = shown.ClassNames.Count <= MostDrawnForAll ? 760 : 1100;
            var panels = counted.Take(shown.ClassNames.Count <= MostDrawnForAll ? 3 : 1).Select(model => (model.Name, data.Figures.Draw(
                ConfusionMatrix.Draw(model.Confusions.Counts, shown.ClassNames, new ConfusionOptions { Title = model.Name, Width = side, Height = side * 9 / 10 }),
                $"{model.Name}: a row for each true class, a column for each answer.",
                isPicture: true)));
            yield return Markup.Switch("confusion", "Answers of the", [.. panels]);
        }

        yield return Markup.Element("div", "columns", counted.Select(model => new XElement("div", new XElement("h4", $"{model.Name}: most frequent"), new XElement("ol", model.Confusions.Largest(Confusions).Select(cell => new XElement(
            "li", $"{shown.ClassNames[cell.Label]} → {shown.ClassNames[cell.Answer]}: {cell.Images:N0}"))))));
    }

    private static Cell Difference(double? points, double widest)
    {
        if (points is not { } value) return Cell.Of(null, "0.0");
        var bar = widest <= 0 ? null : Markup.Element("span", value < 0 ? "bar loss" : "bar gain", new XAttribute("style", $"--share: {(Math.Abs(value) / widest).ToString("0.###", CultureInfo.InvariantCulture)}"));
        return new Cell(value.ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture), value, true, bar);
    }

    private static double? At(ResultRecord? model, int label) => model is not null && label < model.PerClassAccuracy.Count ? 100 * model.PerClassAccuracy[label] : null;

    private static ResultRecord? Find(ResultsFile results, ModelRole role) => results.Models.FirstOrDefault(model => model.Role == role);
}
