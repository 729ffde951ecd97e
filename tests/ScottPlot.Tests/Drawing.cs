using SixLabors.ImageSharp.PixelFormats;
using Picture = SixLabors.ImageSharp.Image<SixLabors.ImageSharp.PixelFormats.Rgba32>;

namespace ScottPlot.Tests;

/// <summary>A figure's PNG, decoded.</summary>
internal sealed class Drawing : IDisposable
{
    private readonly Picture _picture;

    public Drawing(Plot plot, int width = 200, int height = 150)
    {
        using var stream = new MemoryStream(plot.GetImageBytes(width, height, ImageFormat.Png));
        _picture = SixLabors.ImageSharp.Image.Load<Rgba32>(stream);
        Assert.Equal((width, height), (_picture.Width, _picture.Height));
    }

    public Color this[float x, float y]
    {
        get
        {
            var pixel = _picture[(int)x, (int)y];
            return new Color(pixel.R, pixel.G, pixel.B, pixel.A);
        }
    }

    public Color this[Pixel at] => this[at.X, at.Y];

    /// <summary>The pixels of one colour, inside a rectangle.</summary>
    public int Count(Color color, PixelRect within) =>
        (from y in Enumerable.Range((int)within.Top, (int)within.Height)
         from x in Enumerable.Range((int)within.Left, (int)within.Width)
         where this[x, y].Equals(color)
         select 1).Count();

    public void Dispose() => _picture.Dispose();
}
