namespace ScottPlot;

/// <summary>A text and how it looks.</summary>
public class LabelStyle
{
    /// <summary>The text; lines end with a line feed.</summary>
    public string Text { get; set; } = "";

    /// <summary>The font's family.</summary>
    public string FontName { get; set; } = "DejaVu Sans";

    /// <summary>The font's size, in pixels.</summary>
    public float FontSize { get; set; } = 12;

    /// <summary>Whether the letters are heavy.</summary>
    public bool Bold { get; set; }

    /// <summary>The letters' colour.</summary>
    public Color ForeColor { get; set; } = Colors.Black;

    /// <summary>Which part of the text lies on its place.</summary>
    public Alignment Alignment { get; set; } = Alignment.UpperLeft;

    /// <summary>Degrees clockwise around its place.</summary>
    public float Rotation { get; set; }

    /// <summary>Whether it is drawn.</summary>
    public bool IsVisible { get; set; } = true;

    internal bool IsDrawn => IsVisible && !string.IsNullOrEmpty(Text);

    /// <summary>How large the text is, before it is turned.</summary>
    /// <param name="paint">What measures.</param>
    public MeasuredText Measure(Paint paint) => Measure(Text, paint);

    /// <summary>How large a text would be, before it is turned.</summary>
    /// <param name="text">The text.</param>
    /// <param name="paint">What measures.</param>
    public MeasuredText Measure(string text, Paint paint)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(paint);
        var context = paint.With(this);
        var font = context.MeasureFont();
        var widths = Array.ConvertAll(text.Split('\n'), context.MeasureWidth);
        var lineHeight = (float)(font.Ascent + font.Descent);
        return new MeasuredText
        {
            Size = new PixelSize(widths.Max(), lineHeight * widths.Length),
            LineHeight = lineHeight,
            LineWidths = widths,
            Ascent = (float)font.Ascent,
        };
    }

    internal void Draw(RenderPack rp, Pixel at) => Draw(rp, at, Text);

    internal void Draw(RenderPack rp, Pixel at, string text)
    {
        if (!IsVisible || string.IsNullOrEmpty(text)) return;
        var measured = Measure(text, rp.Paint);
        var box = measured.Rect(Alignment);
        var lines = text.Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            var width = measured.LineWidths[line];
            var left = box.Left + ((box.Width - width) * MeasuredText.Column(Alignment));
            var baseLine = box.Top + measured.Ascent + (line * measured.LineHeight);
            rp.Canvas.Text(lines[line], at, new Pixel(left, baseLine), width, this);
        }
    }

    /// <summary>How large the text is once it is turned.</summary>
    internal PixelSize MeasureTurned(string text, Paint paint)
    {
        if (!IsVisible || string.IsNullOrEmpty(text)) return default;
        var size = Measure(text, paint).Size;
        var (sine, cosine) = MathF.SinCos(Rotation * MathF.PI / 180);
        return new PixelSize(
            (MathF.Abs(cosine) * size.Width) + (MathF.Abs(sine) * size.Height),
            (MathF.Abs(sine) * size.Width) + (MathF.Abs(cosine) * size.Height));
    }
}
