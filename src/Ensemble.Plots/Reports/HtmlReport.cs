using System.Xml.Linq;
using Ensemble.Storage;

namespace Ensemble.Plots.Reports;

/// <summary>The report of one run or of several: one page that needs nothing beside itself.</summary>
public static class HtmlReport
{
    // Whatever a browser is told by the page, it fetches nothing.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>Makes the page.</summary>
    /// <param name="source">What it is made from.</param>
    /// <returns>The whole of it, as HTML.</returns>
    /// <exception cref="ArgumentException">There is no run, or the runs are of several data sets.</exception>
    /// <exception cref="MachineFaultException">The machine lacks what measures text.</exception>
    public static string Build(ReportSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Runs.Count == 0) throw new ArgumentException("must be at least one run", nameof(source));
        var data = new ReportData(source);
        var title = Headline.Title(data);
        XElement[] sections =
        [
            SummarySection.Build(data), ModelsSection.Build(data), FiguresSection.Build(data), CalibrationSection.Build(data), ClassesSection.Build(data), KnowledgeSection.Build(data),
            CostSection.Build(data), RecipeSection.Build(data),
        ];
        return HtmlText.Write(new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", Policy)),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
                new XElement("title", title),
                new XElement("style", Asset("report.css"))),
            new XElement(
                "body",
                new XElement("header", new XElement("h1", title), Contents(sections)),
                new XElement("main", sections),
                Markup.Element("p", "visually-hidden", new XAttribute("id", "said"), new XAttribute("aria-live", "polite")),
                new XElement("div", new XAttribute("id", "tip"), new XAttribute("aria-hidden", "true"), new XAttribute("hidden", "hidden")),
                new XElement("script", Asset("report.js")))));
    }

    /// <summary>Makes the page and writes it, whole or not at all.</summary>
    /// <param name="source">What it is made from.</param>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <exception cref="ArgumentException">There is no run, or the runs are of several data sets.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written, or the machine lacks what measures text.</exception>
    public static void Write(ReportSource source, string path) => AtomicFile.WriteText(path, Build(source));

    private static XElement Contents(IEnumerable<XElement> sections) => new(
        "nav",
        new XAttribute("aria-label", "Contents"),
        new XElement("ul", sections.Where(section => section.Element("h2") is not null).Select(section => new XElement("li", new XElement("a", new XAttribute("href", $"#{section.Attribute("id")!.Value}"), section.Element("h2")!.Value)))));

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"Ensemble.Plots.Reports.{name}") ?? throw new InvalidOperationException($"no resource {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
