using System.Xml.Linq;

namespace Ensemble.Plots.Reports;

/// <summary>Elements that every section is made of.</summary>
internal static class Markup
{
    /// <summary>An element of a class.</summary>
    public static XElement Element(string name, string? cssClass, params object?[] content) =>
        new(name, cssClass is null ? null : new XAttribute("class", cssClass), content);

    /// <summary>A paragraph.</summary>
    public static XElement Paragraph(string text) => new("p", text);

    /// <summary>A remark on what is missing or how something is to be read.</summary>
    public static XElement Note(string text) => Element("p", "note", text);

    /// <summary>A section with its heading.</summary>
    /// <param name="id">What the contents link to.</param>
    /// <param name="heading">The heading.</param>
    /// <param name="content">The rest.</param>
    public static XElement Section(string id, string heading, params object?[] content) =>
        new("section", new XAttribute("id", id), new XAttribute("aria-labelledby", $"{id}-heading"), new XElement("h2", new XAttribute("id", $"{id}-heading"), heading), content);

    /// <summary>Something that opens on demand.</summary>
    public static XElement Details(string summary, params object?[] content) => new("details", new XElement("summary", summary), content);

    /// <summary>Several panels, of which one is shown at a time.</summary>
    /// <param name="id">Unique in the page.</param>
    /// <param name="question">What is chosen.</param>
    /// <param name="panels">At least one, each with its name; at most four.</param>
    public static XElement Switch(string id, string question, IReadOnlyList<(string Name, XElement Content)> panels)
    {
        if (panels.Count == 1) return panels[0].Content;
        var choices = panels.SelectMany((panel, index) => new[]
        {
            new XElement("input", new XAttribute("type", "radio"), new XAttribute("name", id), new XAttribute("id", $"{id}-{index}"), index == 0 ? new XAttribute("checked", "checked") : null),
            new XElement("label", new XAttribute("for", $"{id}-{index}"), panel.Name),
        });
        return Element("fieldset", "switch", new XElement("legend", question), choices, Element("div", "panels", panels.Select(panel => Element("div", "panel", panel.Content))));
    }
}
