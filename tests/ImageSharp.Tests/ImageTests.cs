using SixLabors.ImageSharp.Interop;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace SixLabors.ImageSharp.Tests;

public sealed class ImageTests
{
    [Fact]
    public void Constructor_IsBlackAndClear()
    {
        using var image = new Image<Rgba32>(3, 2);

        Assert.Equal(new Rgba32(0, 0, 0, 0), image[2, 1]);
        Assert.Equal(new Rectangle(0, 0, 3, 2), image.Bounds);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(100_000, 100_000)]
    public void Constructor_SizeThatIsNone_IsRefused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image<Rgb24>(width, height));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 2)]
    public void Indexer_Outside_IsRefused(int x, int y)
    {
        using var image = new Image<L8>(3, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => image[x, y]);
    }

    [Fact]
    public void CopyPixelDataTo_BytesAndPixels_AreTheRows()
    {
        using var image = Image.LoadPixelData<Rgb24>([1, 2, 3, 4, 5, 6], 1, 2);
        var bytes = new byte[7];
        var pixels = new Rgb24[2];

        image.CopyPixelDataTo(bytes);
        image.CopyPixelDataTo(pixels);

        Assert.Equal([1, 2, 3, 4, 5, 6, 0], bytes);
        Assert.Equal([new Rgb24(1, 2, 3), new Rgb24(4, 5, 6)], pixels);
        Assert.Throws<ArgumentException>(() => image.CopyPixelDataTo(new byte[5]));
        Assert.ThrowsAny<ArgumentException>(() => Image.LoadPixelData<Rgb24>(new byte[5], 1, 2));
    }

    [Fact]
    public void Clone_WithSteps_LeavesTheOriginal()
    {
        using var image = Image.LoadPixelData<L8>([1, 2, 3, 4], 2, 2);

        using var part = image.Clone(context => context.Crop(new Rectangle(1, 0, 1, 2)));
        using var copy = image.Clone();
        copy[0, 0] = new L8(9);

        Assert.Equal(new Size(1, 2), part.Size);
        Assert.Equal((2, 4), (part[0, 0].PackedValue, part[0, 1].PackedValue));
        Assert.Equal((2, 1), (image.Width, image[0, 0].PackedValue));
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(2, 0, 2, 1)]
    [InlineData(0, int.MaxValue, 1, 2)]
    public void Crop_Outside_IsRefused(int x, int y, int width, int height)
    {
        using var image = new Image<L8>(3, 2);

        Assert.Throws<ArgumentException>(() => image.Mutate(context => context.Crop(new Rectangle(x, y, width, height))));
    }

    [Fact]
    public void Dispose_ThenUse_IsRefused()
    {
        var image = new Image<L8>(3, 2);
        image.Dispose();

        Assert.Throws<ObjectDisposedException>(() => image.Width);
        Assert.Throws<ObjectDisposedException>(() => image[0, 0]);
    }

    [Fact]
    public void LibStb_NoneOnTheMachine_SaysWhatToType()
    {
        var exception = Assert.Throws<NotSupportedException>(() => LibStb.Open(["libnothing.so.9"]));

        Assert.Equal("images need libnothing.so.9, which this machine lacks; type: apt-get install libstb0", exception.Message);
    }
}
