using System.Globalization;
using System.Xml.Linq;

namespace Ensemble.Plots.Reports;

/// <summary>A table that its reader sorts by any column, by mouse or keyboard.</summary>
/// <param name="caption">What it holds.</param>
/// <param name="columns">The columns' headings, and a word on those that need one.</param>
internal sealed class SortableTable(string caption, params (string Heading, string? Meaning)[] columns)
{
    private readonly List<XElement> _rows = [];

    /// <summary>What stands where there is nothing.</summary>
    public const string Nothing = "–";

    /// <summary>Adds a row.</summary>
    /// <param name="cssClass">How it looks; null for as the others.</param>
    /// <param name="cells">As many as columns; the first is the row's heading.</param>
    public void Add(string? cssClass, params Cell[] cells)
    {
        if (cells.Length != columns.Length) throw new ArgumentException($"{cells.Length} cells for {columns.Length} columns", nameof(cells));
        _rows.Add(Markup.Element("tr", cssClass, cells.Select((cell, index) => cell.ToElement(isHeading: index == 0))));
    }

    /// <summary>The table.</summary>
    public XElement ToElement() => Markup.Element(
        "div",
        "scroll",
        new XAttribute("tabindex", "0"),
        new XAttribute("role", "region"),
        new XAttribute("aria-label", caption),
        Markup.Element(
            "table",
            "sortable",
            new XElement("caption", caption),
            new XElement("thead", new XElement("tr", columns.Select(Head))),
            new XElement("tbody", _rows)));

    private static XElement Head((string Heading, string? Meaning) column) => new(
        "th",
        new XAttribute("scope", "col"),
        new XAttribute("aria-sort", "none"),
        new XElement("button", new XAttribute("type", "button"), column.Meaning is null ? null : new XAttribute("title", column.Meaning), column.Heading));

    /// <summary>What stands in a cell, and what it is sorted by.</summary>
    /// <param name="Text">What stands there.</param>
    /// <param name="Value">The number that it is; null for a text, or for nothing.</param>
    /// <param name="IsNumber">Whether the column is one of numbers.</param>
    /// <param name="Extra">What is added behind the text.</param>
    internal sealed record Cell(string Text, double? Value, bool IsNumber, XElement? Extra = null)
    {
        public static Cell Of(string text) => new(text, null, false);

        public static Cell Of(double? value, string format) =>
            new(value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : Nothing, value, true);

        public XElement ToElement(bool isHeading)
        {
            var number = Value is { } value ? new XAttribute("data-value", value.ToString("R", CultureInfo.InvariantCulture)) : null;
            var content = new object?[] { number, IsNumber ? new XAttribute("class", "number") : null, Text, Extra };
            return isHeading ? new XElement("th", new XAttribute("scope", "row"), content) : new XElement("td", content);
        }
    }
}
