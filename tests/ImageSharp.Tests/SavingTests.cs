using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Tests;

public sealed class SavingTests
{
    [Fact]
    public void SaveAsPng_EveryFormat_ReadsBackExactly()
    {
        using var colour = Image.Load<Rgb24>(Picture.Fixture("rgb8.png"));
        using var gray = Image.Load<L8>(Picture.Fixture("gray8.png"));
        using var alpha = Image.Load<Rgba32>(Picture.Fixture("rgba8.png"));

        Picture.AssertPixels(ThroughPng(colour), (x, y) => colour[x, y]);
        Picture.AssertPixels(ThroughPng(gray), (x, y) => gray[x, y]);
        Picture.AssertPixels(ThroughPng(alpha), (x, y) => alpha[x, y]);
    }

    [Fact]
    public void SaveAsPng_SmoothPicture_IsSmall()
    {
        using var image = Image.Load<Rgb24>(Picture.Fixture("rgb8.png"));
        using var stream = new MemoryStream();

        image.SaveAsPng(stream);

        Assert.InRange(stream.Length, 100, 33 * 21);
    }

    [Fact]
    public void SaveAsJpeg_EveryFormat_ReadsBackNearly()
    {
        using var colour = Image.Load<Rgb24>(Picture.Fixture("rgb8.png"));
        using var alpha = Image.Load<Rgba32>(Picture.Fixture("rgba8.png"));
        using var gray = Image.Load<L8>(Picture.Fixture("gray.jpg"));

        AssertNear(ThroughJpeg(colour));
        AssertNear(ThroughJpeg(alpha));
        var again = ThroughJpeg(gray);
        Assert.InRange(again[20, 10].R, gray[20, 10].PackedValue - 8, gray[20, 10].PackedValue + 8);
    }

    [Fact]
    public void SaveAs_Path_WritesTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("imagesharp-tests-");
        try
        {
            using var image = Image.Load<Rgb24>(Picture.Fixture("rgb8.png"));
            var (png, jpeg) = (Path.Combine(folder.FullName, "a.png"), Path.Combine(folder.FullName, "a.jpg"));

            image.SaveAsPng(png);
            image.SaveAsJpeg(jpeg);

            Picture.AssertPixels(Image.Load<Rgb24>(png), Picture.Colour);
            AssertNear(Image.Load<Rgb24>(jpeg));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void SaveAsJpeg_SideThatJpegCannotHold_IsRefused()
    {
        using var image = new Image<L8>(65536, 1);

        Assert.Throws<InvalidImageContentException>(() => image.SaveAsJpeg(Stream.Null));
    }

    private static Image<TPixel> ThroughPng<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var stream = new MemoryStream();
        image.SaveAsPng(stream);
        return Image.Load<TPixel>(stream.ToArray());
    }

    private static Image<Rgb24> ThroughJpeg(Image image)
    {
        using var stream = new MemoryStream();
        image.SaveAsJpeg(stream);
        return Image.Load<Rgb24>(stream.ToArray());
    }

    // Quality 75: a coarser picture than the committed files.
    private static void AssertNear(Image<Rgb24> image)
    {
        for (var x = 4; x < Picture.Width - 4; x++)
        {
            var (found, wanted) = (image[x, 10], Picture.Colour(x, 10));
            Assert.InRange(found.R, wanted.R - 25, wanted.R + 25);
            Assert.InRange(found.G, wanted.G - 25, wanted.G + 25);
            Assert.InRange(found.B, wanted.B - 25, wanted.B + 25);
        }
    }
}
