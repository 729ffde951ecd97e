using System.Globalization;
using System.Xml.Linq;

namespace Ensemble.Plots.Reports;

/// <summary>Puts figures into a page: names unique, colours that follow the page's scheme, points that can be asked.</summary>
internal sealed class InlineFigures
{
    private static readonly string[] s_white = ["#ffffff", "#fff", "white"];
    private int _count;

    /// <summary>A figure with its caption.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="isPicture">Whether its colours are values and stay as they are.</param>
    public XElement Draw(Figure figure, string caption, bool isPicture = false)
    {
        _count++;
        var svg = Plain(XElement.Parse(figure.ToSvg()));
        RenameIds(svg, $"figure{_count}-");
        var size = (Width: svg.Attribute("width")?.Value, Height: svg.Attribute("height")?.Value);
        svg.SetAttributeValue("viewBox", svg.Attribute("viewBox")?.Value ?? $"0 0 {size.Width} {size.Height}");
        (svg.Attribute("width") ?? throw new ArgumentException("a figure without a width", nameof(figure))).Remove();
        svg.Attribute("height")?.Remove();
        svg.SetAttributeValue("role", "group");
        svg.SetAttributeValue("aria-label", caption);
        var paper = svg.Elements().FirstOrDefault();
        var follows = !isPicture && paper is not null && IsWhite(paper);
        foreach (var ground in svg.Descendants().Where(element => follows && element.Name.LocalName != "text" && IsWhite(element)))
        {
            ground.SetAttributeValue("class", "paper");
        }

        if (figure.Points.Count > 0) svg.Add(Points(figure.Points));
        return Markup.Element("figure", follows ? "plot" : "plot fixed", new XAttribute("style", $"--width: {size.Width}px"), Markup.Element("div", "scroll", svg), new XElement("figcaption", caption, Hint(figure)));
    }

    private static bool IsWhite(XElement element) => s_white.Contains(element.Attribute("fill")?.Value, StringComparer.OrdinalIgnoreCase);

    private static string? Hint(Figure figure) => figure.OmittedLabels.Count > 0 ? $" No room for the names of {string.Join(", ", figure.OmittedLabels)}: their points tell them." : null;

    // One stop for the Tab key, from which the arrow keys go through the points: a figure of a hundred would be a hundred stops.
    private static XElement Points(IReadOnlyList<FigurePoint> points) => Markup.Element("g", "points", points.Select((point, index) => new XElement(
        "circle",
        new XAttribute("cx", Number(point.X)),
        new XAttribute("cy", Number(point.Y)),
        new XAttribute("r", "11"),
        new XAttribute("tabindex", index == 0 ? "0" : "-1"),
        new XAttribute("role", "img"),
        new XAttribute("aria-label", point.Text))));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    // In a page the elements of SVG need no namespace.
    private static XElement Plain(XElement element) => new(
        element.Name.LocalName,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => new XAttribute(attribute.Name.LocalName, attribute.Value)),
        element.Nodes().Select(node => node is XElement inner ? Plain(inner) : node is XText text && !string.IsNullOrWhiteSpace(text.Value) ? (object)new XText(text.Value) : null));

    private static void RenameIds(XElement svg, string prefix)
    {
        var ids = svg.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>().ToHashSet();
        foreach (var attribute in svg.DescendantsAndSelf().Attributes())
        {
            if (attribute.Name.LocalName == "id") attribute.Value = prefix + attribute.Value;
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal) && ids.Contains(attribute.Value[5..^1])) attribute.Value = $"url(#{prefix}{attribute.Value[5..^1]})";
            else if (attribute.Name.LocalName == "href" && attribute.Value.StartsWith('#') && ids.Contains(attribute.Value[1..])) attribute.Value = $"#{prefix}{attribute.Value[1..]}";
        }
    }
}
