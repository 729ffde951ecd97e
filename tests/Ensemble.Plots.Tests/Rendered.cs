using System.Globalization;
using System.Xml.Linq;
using ScottPlot;
using SixLabors.ImageSharp.PixelFormats;
using Picture = SixLabors.ImageSharp.Image<SixLabors.ImageSharp.PixelFormats.Rgba32>;

namespace Ensemble.Plots.Tests;

/// <summary>A figure that was drawn, as pixels and as an SVG's texts.</summary>
internal sealed class Rendered : IDisposable
{
    private readonly Figure _figure;
    private readonly Picture _picture;

    public Rendered(Figure figure)
    {
        _figure = figure;
        using var stream = new MemoryStream(figure.ToPng());
        _picture = SixLabors.ImageSharp.Image.Load<Rgba32>(stream);
        Boxes = [.. XDocument.Parse(figure.ToSvg()).Descendants().Where(element => element.Name.LocalName == "text").Select(Box)];
    }

    /// <summary>Every text of the figure that is not turned, and where it is.</summary>
    public IReadOnlyList<LabelBox> Boxes { get; }

    public IEnumerable<string> Texts => Boxes.Select(box => box.Text);

    /// <summary>The colour at a point in plotted units.</summary>
    public Color At(double x, double y)
    {
        var at = _figure.PixelOf(x, y);
        var pixel = _picture[(int)at.X, (int)at.Y];
        return new Color(pixel.R, pixel.G, pixel.B, pixel.A);
    }

    /// <summary>That these texts are there, each whole.</summary>
    public void AssertHas(params string[] texts) => Assert.All(texts, text => Assert.Contains(text, Texts));

    /// <summary>That no text covers another, and none reaches beyond the figure.</summary>
    public void AssertTextsApart()
    {
        foreach (var (box, index) in Boxes.Select((box, index) => (box, index)))
        {
            Assert.True(box.Left >= 0 && box.Top >= 0 && box.Right <= _picture.Width && box.Bottom <= _picture.Height, $"{box} leaves {_picture.Width} x {_picture.Height}");
            Assert.All(Boxes.Skip(index + 1), other => Assert.False(box.Overlaps(other), $"{box} covers {other}"));
        }
    }

    public void Dispose() => _picture.Dispose();

    // A letter reaches about 0.76 of the size above its base line and 0.24 beneath it.
    private static LabelBox Box(XElement text)
    {
        double Read(string name) => double.Parse(text.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        var (x, y, width, size) = (Read("x"), Read("y"), Read("textLength"), Read("font-size"));
        if (text.Attribute("transform") is not { } turn) return new LabelBox(text.Value, x, y - (0.76 * size), x + width, y + (0.24 * size));
        var numbers = turn.Value["rotate(".Length..^1].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        var (sine, cosine) = Math.SinCos(numbers[0] * Math.PI / 180);
        // Of a text that is turned by less than a right angle, its middle stands for it: boxes around two parallel ones overlap.
        var (dx, dy) = (x + (width / 2) - numbers[1], y - (0.3 * size) - numbers[2]);
        var (middleX, middleY) = (numbers[1] + (cosine * dx) - (sine * dy), numbers[2] + (sine * dx) + (cosine * dy));
        var (halfX, halfY) = numbers[0] == -90 ? (size / 2, width / 2) : (size / 4, size / 4);
        return new LabelBox(text.Value, middleX - halfX, middleY - halfY, middleX + halfX, middleY + halfY);
    }
}
