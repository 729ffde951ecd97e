using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Tests;

public sealed class DecodingTests
{
    public static TheoryData<string> Lossless =>
        ["rgb8.png", "rgb8-interlaced.png", "rgba8.png", "rgb8-exif6.png", "rgb24.bmp"];

    [Theory]
    [MemberData(nameof(Lossless))]
    public void Load_LosslessColour_IsThePicture(string name)
    {
        using var image = Image.Load<Rgb24>(Picture.Fixture(name));

        Picture.AssertPixels(image, Picture.Colour);
    }

    [Theory]
    [InlineData("gray8.png")]
    [InlineData("gray-alpha8.png")]
    public void Load_Gray_IsThePictureInEveryFormat(string name)
    {
        using var gray = Image.Load<L8>(Picture.Fixture(name));
        using var colour = Image.Load<Rgb24>(Picture.Fixture(name));

        Picture.AssertPixels(gray, (x, y) => new L8(Picture.Gray(x, y)));
        Picture.AssertPixels(colour, (x, y) => GrayColour(Picture.Gray(x, y)));
    }

    [Fact]
    public void Load_FewBits_AreSpreadOverTheByte()
    {
        using var oneBit = Image.Load<L8>(Picture.Fixture("gray1.png"));
        using var fourBits = Image.Load<L8>(Picture.Fixture("gray4.png"));

        Picture.AssertPixels(oneBit, (x, y) => new L8((byte)(((x + y) & 1) * 255)));
        Picture.AssertPixels(fourBits, (x, y) => new L8((byte)(((x + y) & 15) * 17)));
    }

    [Fact]
    public void Load_SixteenBits_AreRounded()
    {
        using var gray = Image.Load<L8>(Picture.Fixture("gray16.png"));
        using var colour = Image.Load<Rgb24>(Picture.Fixture("rgb16.png"));

        Picture.AssertPixels(gray, (x, y) => new L8(Rounded(Picture.Gray16(x, y))));
        Picture.AssertPixels(colour, (x, y) => new Rgb24(
            Rounded(Picture.Gray16(x, y)), Rounded(Picture.Gray16(y, x)), Rounded(65535 - Picture.Gray16(x, y))));
    }

    [Fact]
    public void Load_Palette_IsLookedUp()
    {
        using var wide = Image.Load<Rgb24>(Picture.Fixture("palette8.png"));
        using var narrow = Image.Load<Rgb24>(Picture.Fixture("palette4.png"));
        using var bitmap = Image.Load<Rgb24>(Picture.Fixture("palette8.bmp"));

        Picture.AssertPixels(wide, (x, y) => Picture.Palette(Picture.Gray(x, y), 256));
        Picture.AssertPixels(bitmap, (x, y) => Picture.Palette(Picture.Gray(x, y), 256));
        Picture.AssertPixels(narrow, (x, y) => Picture.Palette((x + y) & 15, 16));
    }

    [Fact]
    public void Load_Alpha_IsKeptWhereThereIsPlace()
    {
        using var colour = Image.Load<Rgba32>(Picture.Fixture("rgba8.png"));
        using var gray = (Image<Rgba32>)Image.Load(Picture.Fixture("gray-alpha8.png"));
        using var palette = Image.Load<Rgba32>(Picture.Fixture("palette4-alpha.png"));
        using var solid = Image.Load<Rgba32>(Picture.Fixture("rgb8.png"));

        Picture.AssertPixels(colour, (x, y) => With(Picture.Colour(x, y), Picture.Alpha(x, y)));
        Picture.AssertPixels(gray, (x, y) => With(GrayColour(Picture.Gray(x, y)), Picture.Alpha(x, y)));
        Picture.AssertPixels(palette, (x, y) => With(Picture.Palette((x + y) & 15, 16), (byte)(((x + y) & 15) * 16)));
        Picture.AssertPixels(solid, (x, y) => With(Picture.Colour(x, y), 255));
    }

    [Theory]
    [InlineData("still.gif")]
    [InlineData("two-frames.gif")]
    public void Load_Gif_IsItsFirstFrame(string name)
    {
        using var image = Image.Load<Rgb24>(Picture.Fixture(name));

        Picture.AssertPixels(image, (x, y) => Picture.Palette(Picture.Gray(x, y), 256));
    }

    [Theory]
    [InlineData("baseline-444.jpg", 6)]
    [InlineData("restarts.jpg", 14)]
    [InlineData("baseline-420.jpg", 14)]
    [InlineData("progressive.jpg", 14)]
    public void Load_Jpeg_IsThePictureNearly(string name, int tolerance)
    {
        using var image = Image.Load<Rgb24>(Picture.Fixture(name));

        // cjpeg -quality 95; where chroma is subsampled it strays more, at the border most.
        Assert.Equal((Picture.Width, Picture.Height), (image.Width, image.Height));
        var errors = Errors(image).ToArray();
        Assert.InRange(errors.Max(), 0, tolerance);
        Assert.InRange(errors.Average(), 0, 2.5);
    }

    [Fact]
    public void Load_GrayJpeg_HasEqualChannels()
    {
        using var colour = Image.Load<Rgb24>(Picture.Fixture("gray.jpg"));
        using var gray = Image.Load<L8>(Picture.Fixture("gray.jpg"));

        for (var x = 0; x < Picture.Width; x++)
        {
            var original = Picture.Colour(x, 10);
            var luma = (.299 * original.R) + (.587 * original.G) + (.114 * original.B);
            Assert.Equal(GrayColour(gray[x, 10].PackedValue), colour[x, 10]);
            Assert.InRange(gray[x, 10].PackedValue, luma - 6, luma + 6);
        }
    }

    [Fact]
    public void Load_ColourAsL8_IsBt709Luminance()
    {
        using var image = Image.Load<L8>(Picture.Fixture("rgb8.png"));

        Picture.AssertPixels(image, (x, y) =>
        {
            var colour = Picture.Colour(x, y);
            return new L8((byte)((colour.R * .2126f) + (colour.G * .7152f) + (colour.B * .0722f) + .5f));
        });
    }

    [Fact]
    public void Load_StreamBytesAndPath_AreTheSame()
    {
        var path = Picture.Fixture("rgb8.png");
        using var stream = File.OpenRead(path);
        using var fromStream = Image.Load<Rgb24>(stream);
        using var fromBytes = Image.Load<Rgb24>(File.ReadAllBytes(path));

        Picture.AssertPixels(fromStream, Picture.Colour);
        Picture.AssertPixels(fromBytes, Picture.Colour);
    }

    [Theory]
    [InlineData("rgb8.png")]
    [InlineData("palette8.bmp")]
    [InlineData("still.gif")]
    [InlineData("progressive.jpg")]
    public void Identify_TellsTheSizeWithoutOrientation(string name)
    {
        var info = Image.Identify(Picture.Fixture(name));

        Assert.Equal(new Size(Picture.Width, Picture.Height), info.Size);
        Assert.Equal((Picture.Width, Picture.Height), (info.Width, info.Height));
        Assert.Null(info.Metadata.ExifProfile);
    }

    private static IEnumerable<int> Errors(Image<Rgb24> image)
    {
        for (var y = 0; y < Picture.Height; y++)
        {
            for (var x = 0; x < Picture.Width; x++)
            {
                var (found, wanted) = (image[x, y], Picture.Colour(x, y));
                yield return Math.Abs(found.R - wanted.R);
                yield return Math.Abs(found.G - wanted.G);
                yield return Math.Abs(found.B - wanted.B);
            }
        }
    }

    private static byte Rounded(int value) => (byte)Math.Round(value * 255 / 65535.0);

    private static Rgb24 GrayColour(byte value) => new(value, value, value);

    private static Rgba32 With(Rgb24 colour, byte alpha) => new(colour.R, colour.G, colour.B, alpha);
}
