using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Tests;

/// <summary>What fixtures/make_fixtures.py draws, in the same formulas.</summary>
internal static class Picture
{
    public const int Width = 33;
    public const int Height = 21;

    public static Rgb24 Colour(int x, int y)
    {
        var (red, green) = (x * 255 / (Width - 1), y * 255 / (Height - 1));
        return new Rgb24((byte)red, (byte)green, (byte)(255 - ((red + green) / 2)));
    }

    public static byte Gray(int x, int y) => (byte)((x * 5) + (y * 4));

    public static int Gray16(int x, int y) => ((x * 1283) + (y * 911)) & 0xFFFF;

    public static byte Alpha(int x, int y) => (byte)(255 - (x * 3) - (y * 2));

    public static Rgb24 Palette(int index, int count)
    {
        var red = index * 255 / (count - 1);
        return new Rgb24((byte)red, (byte)(255 - red), (byte)(index * 37));
    }

    public static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", name);

    /// <summary>Every pixel, compared with what a formula says.</summary>
    public static void AssertPixels<TPixel>(Image<TPixel> image, Func<int, int, TPixel> expected)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Assert.Equal((Width, Height), (image.Width, image.Height));
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                Assert.True(image[x, y].Equals(expected(x, y)), $"({x}, {y}) is {image[x, y]}, not {expected(x, y)}");
            }
        }
    }
}
