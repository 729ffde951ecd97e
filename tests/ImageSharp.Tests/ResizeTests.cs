using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Tests;

public sealed class ResizeTests
{
    public static TheoryData<string, int, int> Targets => new()
    {
        { "bicubic", 11, 7 }, { "bicubic", 66, 42 }, { "bicubic", 20, 40 }, { "bicubic", 100, 5 }, { "bicubic", 1, 1 },
        { "triangle", 11, 7 }, { "triangle", 66, 42 }, { "triangle", 16, 16 }, { "triangle", 150, 3 },
        { "box", 11, 7 }, { "box", 10, 9 }, { "box", 99, 63 },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void Resize_AgainstASumInDoublePrecision_DiffersByRounding(string filter, int width, int height)
    {
        using var source = Noise(33, 21, seed: 5);
        using var resized = source.Clone(context => context.Resize(width, height, Sampler(filter)));

        Assert.Equal(new Size(width, height), resized.Size);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var exact = Reference(source, filter, width, height, x, y);
                Assert.InRange(resized[x, y].PackedValue, exact - .501, exact + .501);
            }
        }
    }

    [Fact]
    public void Resize_BoxToHalf_IsTheMeanOfFour()
    {
        using var source = Image.LoadPixelData<L8>([0, 10, 20, 100, 30, 40, 0, 255], 4, 2);

        source.Mutate(context => context.Resize(2, 1, KnownResamplers.Box));

        Assert.Equal(20, source[0, 0].PackedValue);
        Assert.Equal(94, source[1, 0].PackedValue); // 93.75
    }

    [Fact]
    public void Resize_TriangleToDouble_IsLinearBetweenCentres()
    {
        using var source = Image.LoadPixelData<L8>([0, 100], 2, 1);

        source.Mutate(context => context.Resize(4, 1, KnownResamplers.Triangle));

        Assert.Equal([0, 25, 75, 100], Enumerable.Range(0, 4).Select(x => (int)source[x, 0].PackedValue));
    }

    [Fact]
    public void Resize_BicubicStep_OvershootsAsKeysDoes()
    {
        // Middle between the 2nd and the 3rd of 4 pixels: (-1, 9, 9, -1) / 16, the best-known values of a = -0.5.
        using var source = Image.LoadPixelData<L8>([100, 100, 200, 200], 4, 1);
        using var peak = Image.LoadPixelData<L8>([0, 160, 160, 0], 4, 1);

        Assert.Equal(.5625f, KnownResamplers.Bicubic.GetValue(.5f));
        Assert.Equal(-.0625f, KnownResamplers.Bicubic.GetValue(-1.5f));
        source.Mutate(context => context.Resize(12, 1));
        Assert.InRange(source[3, 0].PackedValue, 90, 95);
        Assert.InRange(source[8, 0].PackedValue, 205, 210);
        Assert.Equal((byte)180, peak.Clone(context => context.Resize(5, 1))[2, 0].PackedValue);
    }

    [Fact]
    public void Resize_ConstantImage_StaysConstant()
    {
        foreach (var filter in new[] { "bicubic", "triangle", "box" })
        {
            using var image = new Image<Rgb24>(37, 23);
            Fill(image, new Rgb24(3, 128, 255));

            image.Mutate(context => context.Resize(64 + 7, 5, Sampler(filter)));

            for (var x = 0; x < image.Width; x++) Assert.Equal(new Rgb24(3, 128, 255), image[x, x % 5]);
        }
    }

    [Fact]
    public void Resize_EachChannel_IsResizedAsAGrayImage()
    {
        using var red = Noise(33, 21, seed: 1);
        using var blue = Noise(33, 21, seed: 2);
        using var colour = new Image<Rgb24>(33, 21);
        for (var y = 0; y < 21; y++)
        {
            for (var x = 0; x < 33; x++) colour[x, y] = new Rgb24(red[x, y].PackedValue, 7, blue[x, y].PackedValue);
        }

        var options = new ResizeOptions { Size = new Size(9, 9) };
        foreach (var image in new Image[] { red, blue, colour }) image.Mutate(context => context.Resize(options));

        for (var at = 0; at < 9; at++)
        {
            Assert.Equal(new Rgb24(red[at, at].PackedValue, 7, blue[at, at].PackedValue), colour[at, at]);
        }
    }

    [Fact]
    public void Resize_ClearPixels_LendNoColour()
    {
        // A clear green pixel beside a solid red one: without premultiplied alpha the edge would be yellow.
        using var image = Image.LoadPixelData<Rgba32>([200, 0, 0, 255, 0, 255, 0, 0], 2, 1);

        image.Mutate(context => context.Resize(1, 1, KnownResamplers.Box));

        Assert.Equal(new Rgba32(200, 0, 0, 128), image[0, 0]);
    }

    [Theory]
    [InlineData(33, 21, 8, 8)]
    [InlineData(21, 33, 8, 8)]
    [InlineData(200, 10, 16, 32)]
    [InlineData(7, 5, 32, 32)]
    [InlineData(32, 32, 32, 32)]
    public void Resize_Crop_IsTheMiddleOfTheWholeResized(int sourceWidth, int sourceHeight, int width, int height)
    {
        using var source = Noise(sourceWidth, sourceHeight, seed: 9);
        var ratio = Math.Max(width / (float)sourceWidth, height / (float)sourceHeight);
        var (wholeWidth, wholeHeight) = ((int)MathF.Ceiling(sourceWidth * ratio), (int)MathF.Ceiling(sourceHeight * ratio));

        using var cropped = source.Clone(context => context.Resize(new ResizeOptions { Size = new Size(width, height), Mode = ResizeMode.Crop }));

        using var whole = source.Clone(context => context.Resize(wholeWidth, wholeHeight));
        var left = -(int)MathF.Round((width - (sourceWidth * ratio)) / 2);
        var top = -(int)MathF.Round((height - (sourceHeight * ratio)) / 2);
        whole.Mutate(context => context.Crop(new Rectangle(left, top, width, height)));
        Assert.Equal(new Size(width, height), cropped.Size);
        Assert.Equal(Bytes(whole), Bytes(cropped));
    }

    [Theory]
    [InlineData(200, 100, 50, 50, 50, 25)]
    [InlineData(100, 200, 50, 60, 30, 60)]
    [InlineData(1000, 1, 10, 10, 10, 1)]
    [InlineData(4, 2, 8, 8, 8, 4)]
    public void Resize_Max_FitsWithin(int sourceWidth, int sourceHeight, int width, int height, int fitWidth, int fitHeight)
    {
        using var image = new Image<L8>(sourceWidth, sourceHeight);

        image.Mutate(context => context.Resize(new ResizeOptions { Size = new Size(width, height), Mode = ResizeMode.Max }));

        Assert.Equal(new Size(fitWidth, fitHeight), image.Size);
    }

    [Fact]
    public void Resize_OneSideOfZero_KeepsTheShape()
    {
        using var image = new Image<L8>(300, 200);

        Assert.Equal(new Size(30, 20), image.Clone(context => context.Resize(30, 0)).Size);
        Assert.Equal(new Size(15, 10), image.Clone(context => context.Resize(0, 10)).Size);
        Assert.ThrowsAny<ArgumentException>(() => image.Mutate(context => context.Resize(0, 0)));
        Assert.ThrowsAny<ArgumentException>(() => image.Mutate(context => context.Resize(-1, 5)));
        Assert.ThrowsAny<ArgumentException>(() => image.Mutate(
            context => context.Resize(new ResizeOptions { Size = new Size(3, 3), Mode = (ResizeMode)4 })));
    }

    /// <summary>The two-dimensional sum of the definition, over every source pixel, in double precision.</summary>
    private static double Reference(Image<L8> source, string filter, int width, int height, int x, int y)
    {
        var across = Weights(filter, source.Width, width, x);
        var down = Weights(filter, source.Height, height, y);
        var sum = 0.0;
        for (var row = 0; row < source.Height; row++)
        {
            for (var column = 0; column < source.Width; column++)
            {
                sum += source[column, row].PackedValue * across[column] * down[row];
            }
        }

        return Math.Clamp(sum, 0, 255);
    }

    private static double[] Weights(string filter, int length, int targetLength, int index)
    {
        var ratio = length / (double)targetLength;
        var widened = Math.Max(1, ratio);
        var weights = Enumerable.Range(0, length)
            .Select(at => Shape(filter, (at + .5 - ((index + .5) * ratio)) / widened)).ToArray();
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    private static double Shape(string filter, double x)
    {
        var far = Math.Abs(x);
        return filter switch
        {
            "triangle" => far < 1 ? 1 - far : 0,
            "box" => x > -.5 + 1e-9 && x <= .5 + 1e-9 ? 1 : 0,
            _ => far <= 1 ? (1.5 * far * far * far) - (2.5 * far * far) + 1
                : far < 2 ? (-.5 * far * far * far) + (2.5 * far * far) - (4 * far) + 2
                : 0,
        };
    }

    private static IResampler Sampler(string filter) => filter switch
    {
        "triangle" => KnownResamplers.Triangle,
        "box" => KnownResamplers.Box,
        _ => KnownResamplers.Bicubic,
    };

    private static Image<L8> Noise(int width, int height, ulong seed)
    {
        var random = new TestRandom(seed);
        var bytes = new byte[width * height];
        for (var index = 0; index < bytes.Length; index++) bytes[index] = (byte)random.Next(256);
        return Image.LoadPixelData<L8>(bytes, width, height);
    }

    private static void Fill(Image<Rgb24> image, Rgb24 colour)
    {
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++) image[x, y] = colour;
        }
    }

    private static byte[] Bytes(Image<L8> image)
    {
        var bytes = new byte[image.Width * image.Height];
        image.CopyPixelDataTo(bytes);
        return bytes;
    }
}
