using System.Text;
using System.Xml.Linq;

namespace Ensemble.Plots.Reports;

/// <summary>Writes elements as HTML: everything that comes from data is text here, and escaped.</summary>
internal static class HtmlText
{
    private static readonly string[] s_empty = ["meta", "link", "img", "br", "hr", "input", "col"];

    // Their content is no markup, and comes from this assembly alone.
    private static readonly string[] s_raw = ["style", "script"];

    /// <summary>The page, with its doctype.</summary>
    public static string Write(XElement root)
    {
        var text = new StringBuilder("<!doctype html>\n");
        Append(text, root);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, XElement element)
    {
        var name = element.Name.LocalName;
        text.Append('<').Append(name);
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            text.Append(' ').Append(attribute.Name.LocalName).Append("=\"");
            Escape(text, attribute.Value, isAttribute: true);
            text.Append('"');
        }

        text.Append('>');
        if (s_empty.Contains(name)) return;
        foreach (var node in element.Nodes())
        {
            if (node is XElement inner) Append(text, inner);
            else if (node is XText content && s_raw.Contains(name)) text.Append(Raw(content.Value));
            else if (node is XText other) Escape(text, other.Value, isAttribute: false);
        }

        text.Append("</").Append(name).Append('>');
    }

    private static string Raw(string content) =>
        content.Contains("</", StringComparison.Ordinal) ? throw new ArgumentException("styles and scripts must not hold an end tag", nameof(content)) : content;

    private static void Escape(StringBuilder text, string value, bool isAttribute)
    {
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '&': text.Append("&amp;"); break;
                case '<': text.Append("&lt;"); break;
                case '>': text.Append("&gt;"); break;
                case '"' when isAttribute: text.Append("&quot;"); break;
                // What no page may hold stands as the sign for what cannot be shown.
                case < ' ' when letter is not ('\n' or '\t'): text.Append('\uFFFD'); break;
                default: text.Append(letter); break;
            }
        }
    }
}
