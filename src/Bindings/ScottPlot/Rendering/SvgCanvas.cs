using System.Globalization;
using System.Security;
using System.Text;

namespace ScottPlot.Rendering;

/// <summary>Writes an SVG whose text is text: it can be searched, selected and read aloud. Each line of it is held to the
/// width that was measured, so that a viewer without the font keeps the layout.</summary>
internal sealed class SvgCanvas(int width, int height) : Canvas
{
    private readonly StringBuilder _body = new();
    private int _clips;

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<Pixel> corners, Color color)
    {
        if (color.Alpha == 0) return;
        Line($"<path d=\"{Data(corners, isClosed: true)}\"{FillOf(color)}/>");
    }

    /// <inheritdoc/>
    public override void Stroke(ReadOnlySpan<Pixel> points, bool isClosed, LineStyle line)
    {
        if (!line.IsDrawn) return;
        Line($"<path d=\"{Data(points, isClosed)}\" fill=\"none\"{StrokeOf(line)}/>");
    }

    /// <inheritdoc/>
    public override void FillCircle(Pixel center, float radius, Color color)
    {
        if (color.Alpha == 0) return;
        Line($"<circle cx=\"{N(center.X)}\" cy=\"{N(center.Y)}\" r=\"{N(radius)}\"{FillOf(color)}/>");
    }

    /// <inheritdoc/>
    public override void StrokeCircle(Pixel center, float radius, LineStyle line)
    {
        if (!line.IsDrawn) return;
        Line($"<circle cx=\"{N(center.X)}\" cy=\"{N(center.Y)}\" r=\"{N(radius)}\" fill=\"none\"{StrokeOf(line)}/>");
    }

    /// <inheritdoc/>
    public override void Text(string text, Pixel pivot, Pixel offset, float width, LabelStyle label)
    {
        var at = $"x=\"{N(pivot.X + offset.X)}\" y=\"{N(pivot.Y + offset.Y)}\"";
        var turn = label.Rotation == 0 ? "" : $" transform=\"rotate({N(label.Rotation)} {N(pivot.X)} {N(pivot.Y)})\"";
        var weight = label.Bold ? " font-weight=\"bold\"" : "";
        Line($"<text {at}{turn} font-family=\"{Escape(label.FontName)}, sans-serif\" font-size=\"{N(label.FontSize)}\"{weight} "
            + $"textLength=\"{N(width)}\" lengthAdjust=\"spacingAndGlyphs\"{FillOf(label.ForeColor)}>{Escape(text)}</text>");
    }

    /// <inheritdoc/>
    public override void PushClip(PixelRect rect)
    {
        var name = $"clip{++_clips}";
        Line($"<clipPath id=\"{name}\"><rect x=\"{N(rect.Left)}\" y=\"{N(rect.Top)}\" width=\"{N(rect.Width)}\" height=\"{N(rect.Height)}\"/></clipPath>");
        Line($"<g clip-path=\"url(#{name})\">");
    }

    /// <inheritdoc/>
    public override void PopClip() => Line("</g>");

    /// <summary>What was drawn, as an SVG document.</summary>
    public string ToXml() =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n{_body}</svg>\n";

    private static string Data(ReadOnlySpan<Pixel> points, bool isClosed)
    {
        var data = new StringBuilder();
        foreach (var point in points)
        {
            data.Append(data.Length == 0 ? 'M' : 'L').Append(N(point.X)).Append(' ').Append(N(point.Y));
        }

        return data.Append(isClosed ? "Z" : "").ToString();
    }

    private static string FillOf(Color color) => $" fill=\"{Rgb(color)}\"{Opacity("fill", color)}";

    private static string StrokeOf(LineStyle line)
    {
        var dashes = line.Pattern.Lengths;
        var pattern = dashes.Length == 0 ? "" : $" stroke-dasharray=\"{string.Join(' ', dashes.Select(N))}\" stroke-dashoffset=\"{N(line.Pattern.Phase)}\"";
        return $" stroke=\"{Rgb(line.Color)}\"{Opacity("stroke", line.Color)} stroke-width=\"{N(line.Width)}\" stroke-linejoin=\"round\"{pattern}";
    }

    private static string Rgb(Color color) => $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}";

    private static string Opacity(string what, Color color) => color.Alpha == 255 ? "" : $" {what}-opacity=\"{N(color.Alpha / 255f)}\"";

    private static string N(float number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    // XML has no place for most control characters, escaped or not.
    private static string Escape(string text) =>
        SecurityElement.Escape(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));

    private void Line(string text) => _body.Append(text).Append('\n');
}
