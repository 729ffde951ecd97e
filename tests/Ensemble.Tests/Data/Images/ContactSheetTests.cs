using Ensemble.Data;
using Ensemble.Data.Images;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Ensemble.Tests.Data.Images;

public sealed class ContactSheetTests
{
    [Fact]
    public void Draw_EveryClass_HasItsRowOfImages()
    {
        // Image i has class i mod 3 and shows its class in red, its channel order in blue.
        var dataset = Dataset(classes: 3, count: 33, side: 32, channels: 3, (index, channel, _) => (byte)(channel == 0 ? 80 * (index % 3) : channel == 1 ? 0 : 255));

        var sheet = ContactSheet.Draw(dataset, seed: 1);

        using var image = Image.Load<Rgb24>(sheet.Png.ToArray());
        Assert.Equal((64, 3), (sheet.TilePixels, sheet.ClassesShown));
        Assert.Equal([11, 11, 11], sheet.CountPerClass);
        Assert.Equal(((8 * 66) + 2, (3 * 66) + 2), (image.Width, image.Height));
        Assert.Equal(new Rgb24(96, 96, 96), image[0, 0]);
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 8; column++)
            {
                Assert.Equal(new Rgb24((byte)(80 * row), 0, 255), image[2 + (66 * column), 2 + (66 * row)]);
                Assert.Equal(new Rgb24((byte)(80 * row), 0, 255), image[65 + (66 * column), 65 + (66 * row)]);
            }
        }
    }

    [Fact]
    public void Draw_ClassWithFewImages_LeavesTheRestOfItsRow()
    {
        var dataset = Dataset(classes: 2, count: 3, side: 20, channels: 1, (_, _, _) => 200);

        var sheet = ContactSheet.Draw(dataset, seed: 1);

        using var image = Image.Load<Rgb24>(sheet.Png.ToArray());
        Assert.Equal(new Rgb24(200, 200, 200), image[3 + 42, 3]);
        Assert.Equal(new Rgb24(96, 96, 96), image[3 + 84, 3]);
        Assert.Equal(new Rgb24(96, 96, 96), image[3 + 42, 3 + 42]);
    }

    [Fact]
    public void Draw_Seed_DecidesWhichImages()
    {
        var dataset = Dataset(classes: 2, count: 60, side: 8, channels: 1, (index, _, _) => (byte)index);

        Assert.Equal(ContactSheet.Draw(dataset, 1).Png.ToArray(), ContactSheet.Draw(dataset, 1).Png.ToArray());
        Assert.NotEqual(ContactSheet.Draw(dataset, 1).Png.ToArray(), ContactSheet.Draw(dataset, 2).Png.ToArray());
    }

    [Theory]
    [InlineData(100, 32)]
    [InlineData(10, 224)]
    public void Draw_Noise_StaysSmall(int classes, int side)
    {
        // What compresses worst.
        var random = new RandomStream(1, "test/noise");
        var dataset = Dataset(classes, classes * 8, side, 3, (_, _, _) => (byte)random.NextInt(256));

        var sheet = ContactSheet.Draw(dataset, seed: 1);

        Assert.InRange(sheet.Png.Length, 1, ContactSheet.MostBytes);
        Assert.Equal(Math.Min(classes, 40), sheet.ClassesShown);
        Assert.Equal(classes, sheet.CountPerClass.Count);
    }

    private static ImageDataset Dataset(int classes, int count, int side, int channels, Func<int, int, int, byte> value)
    {
        var shape = new ImageShape(channels, side, side);
        var pixels = new byte[count * shape.ValueCount];
        for (var position = 0; position < pixels.Length; position++)
        {
            var index = position / shape.ValueCount;
            pixels[position] = value(index, position % shape.ValueCount / shape.PlaneLength, position % shape.PlaneLength);
        }

        return new ImageDataset(
            shape, pixels, Enumerable.Range(0, count).Select(index => index % classes).ToArray(),
            [.. Enumerable.Range(0, classes).Select(index => $"class {index}")], "a test");
    }
}
