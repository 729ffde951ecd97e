using System.Globalization;
using System.Xml.Linq;
using Ensemble.Measurement;

namespace Ensemble.Plots.Reports;

/// <summary>Dark knowledge: where the probability goes that the true class does not get, by class and image by image.</summary>
internal static class KnowledgeSection
{
    private const int MostRows = 40;
    private const int Leaks = 3;
    private const int ShownClasses = 4;

    public static XElement Build(ReportData data)
    {
        const string Heading = "Dark knowledge";
        if (data.Shown is not { } shown) return Markup.Section("knowledge", Heading, Markup.Note("Missing, as the calibration is."));
        return Markup.Section(
            "knowledge",
            Heading,
            Markup.Paragraph($"What an answer says beyond its first class: the probabilities at the temperature T = {shown.Run.Temperature:0.###} that the soft targets had{(data.HasStudent ? "" : ", had there been teachers")}.{data.OfShown}"),
            Leaking(shown),
            Samples(shown));
    }

    private static IEnumerable<XElement> Leaking(ShownRun shown)
    {
        var means = shown.Models.Select(model => (model.Name, Means: shown.Means(model.Role, model.Answers))).ToArray();
        var table = new SortableTable(
            $"The other classes that get most of each class's probability, mean over its test images, %{(shown.ClassNames.Count > MostRows ? $"; the {MostRows} classes that give most away" : "")}",
            [("class", null), .. means.SelectMany(model => new (string, string?)[] { ($"{model.Name}: itself %", "what is left for the class itself"), ($"{model.Name}: leaks to", null) })]);
        var labels = Enumerable.Range(0, shown.ClassNames.Count).Where(label => means[0].Means.Rows[label] is not null);
        if (shown.ClassNames.Count > MostRows) labels = labels.OrderBy(label => means[0].Means.Rows[label]![label]).Take(MostRows);
        foreach (var label in labels)
        {
            table.Add(null, [SortableTable.Cell.Of(shown.ClassNames[label]), .. means.SelectMany(model => new[]
            {
                SortableTable.Cell.Of(100 * model.Means.Rows[label]![label], "0.0"),
                SortableTable.Cell.Of(string.Join(", ", model.Means.Leaks(label, Leaks).Select(leak => $"{shown.ClassNames[leak.Class]}\u00a0{Percent(leak.Probability)}"))),
            })]);
        }

        yield return new XElement("h3", "Where each class leaks to");
        yield return table.ToElement();
    }

    private static IEnumerable<XElement> Samples(ShownRun shown)
    {
        var samples = shown.Samples();
        yield return new XElement("h3", $"{samples.Count} test images");
        yield return Markup.Paragraph("Chosen by rule, the strongest cases of each reason, of different true classes first; the bars are of the softened probabilities, the four largest.");
        if (samples.All(sample => sample.Png is null)) yield return Markup.Note($"The images themselves are not there. {ShownRun.HowToGet(shown.Run)}");
        foreach (var group in samples.GroupBy(entry => entry.Sample.Reason))
        {
            yield return new XElement("h4", Describe(group.Key));
            yield return Markup.Element("div", "samples", group.Select(entry => Card(shown, entry.Sample, entry.Png)));
        }
    }

    private static XElement Card(ShownRun shown, ChosenSample sample, ReadOnlyMemory<byte>? png)
    {
        var label = shown.Labels[sample.Image];
        var answers = shown.Models.Select(model => (model.Name, Top: model.Answers.Top1(sample.Image), Probabilities: shown.Soften(model.Role, model.Answers, sample.Image))).ToArray();
        var largest = answers.Max(answer => answer.Probabilities.Max());
        var name = shown.ClassNames[label];
        var picture = png is { } bytes
            ? new XElement("img", new XAttribute("src", $"data:image/png;base64,{Convert.ToBase64String(bytes.Span)}"), new XAttribute("alt", $"test image {sample.Image}, a {name}"), new XAttribute("width", "96"), new XAttribute("height", "96"))
            : null;
        return Markup.Element(
            "article",
            "sample",
            new XAttribute("aria-label", $"test image {sample.Image}"),
            Markup.Element("div", "subject", picture, new XElement("p", new XElement("strong", name), new XElement("br"), Markup.Element("span", "faint", $"image {sample.Image}"))),
            Markup.Element("div", "answers", answers.Select(answer => new XElement(
                "div",
                Markup.Element("p", answer.Top == label ? "right" : "wrong", answer.Name, Markup.Element("span", "verdict", answer.Top == label ? " ✓ right" : $" ✗ {shown.ClassNames[answer.Top]}")),
                new XElement("ol", Largest(answer.Probabilities).Select(entry => Markup.Element(
                    "li",
                    entry.Class == label ? "truth" : null,
                    new XAttribute("style", $"--share: {(entry.Probability / largest).ToString("0.###", CultureInfo.InvariantCulture)}"),
                    Markup.Element("span", "name", shown.ClassNames[entry.Class]),
                    Markup.Element("span", "value", Percent(entry.Probability)))))))));
    }

    private static IEnumerable<(int Class, double Probability)> Largest(double[] probabilities) =>
        probabilities.Select((probability, index) => (Class: index, Probability: probability)).OrderByDescending(entry => entry.Probability).Take(ShownClasses);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Describe(SampleReason reason) => reason switch
    {
        SampleReason.Learnt => "Wrong alone, right when distilled: where the probability of the true class grew most",
        SampleReason.Lost => "The ensemble is right, the student wrong: where the student is surest",
        SampleReason.Wrong => "Wrong: where the network is surest",
        _ => "Most confused: where the answer is spread widest over the classes",
    };
}
