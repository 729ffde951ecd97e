using System.Buffers.Binary;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Tests;

public sealed class BrokenFileTests
{
    private static readonly byte[] s_startOfFrame = [0xFF, 0xC0];

    public static TheoryData<string> Fixtures => [.. Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "fixtures"))
        .Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("")]
    [InlineData("GIF")]
    [InlineData("hello, this is text")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("8BPS\0\u0001")]
    public void Load_NoImage_IsUnknown(string content)
    {
        byte[] bytes = [.. content.Select(character => (byte)character)];

        Assert.Throws<UnknownImageFormatException>(() => Image.Load<Rgb24>(bytes));
        Assert.Throws<UnknownImageFormatException>(() => Image.Identify(bytes));
    }

    [Theory]
    [InlineData("rgb8.png", 20)]
    [InlineData("rgb8.png", 400)]
    [InlineData("rgb24.bmp", 20)]
    [InlineData("rgb24.bmp", 2000)]
    [InlineData("still.gif", 10)]
    [InlineData("gray.jpg", 10)]
    [InlineData("gray.jpg", 200)]
    public void Load_CutOff_IsInvalid(string name, int length)
    {
        var bytes = File.ReadAllBytes(Picture.Fixture(name))[..length];

        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes));
    }

    [Theory]
    [InlineData("rgb8.png")]
    [InlineData("gray8.png")]
    [InlineData("palette8.png")]
    public void Load_PngWithOneBitChanged_IsInvalidOrUnknown(string name)
    {
        var original = File.ReadAllBytes(Picture.Fixture(name));
        for (var position = 0; position < original.Length; position++)
        {
            var bytes = original.ToArray();
            bytes[position] ^= 4;

            Assert.ThrowsAny<ImageFormatException>(() => Image.Load<Rgb24>(bytes));
        }
    }

    [Fact]
    public void Load_AbsurdSizes_AreRefusedBeforeMemoryIsTaken()
    {
        var bitmap = File.ReadAllBytes(Picture.Fixture("rgb24.bmp"));
        BinaryPrimitives.WriteInt32LittleEndian(bitmap.AsSpan(18), 1_000_000);
        var gif = File.ReadAllBytes(Picture.Fixture("still.gif"));
        gif.AsSpan(6, 4).Fill(0xFF);
        var jpeg = File.ReadAllBytes(Picture.Fixture("gray.jpg"));
        var frame = jpeg.AsSpan().IndexOf(s_startOfFrame);
        jpeg.AsSpan(frame + 5, 4).Fill(0xFF);
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var bytes in new[] { bitmap, gif, jpeg })
        {
            var exception = Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes));
            Assert.Contains("pixels", exception.Message, StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Load_SecondFrameHeaderOfAnotherSize_IsInvalid()
    {
        var jpeg = File.ReadAllBytes(Picture.Fixture("gray.jpg"));
        var frame = jpeg.AsSpan().IndexOf(s_startOfFrame);
        var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(frame + 2)) + 2;
        byte[] twice = [.. jpeg[..frame], .. jpeg[frame..(frame + length)], .. jpeg[frame..]];
        twice[frame + length + 5] = 0xFF;

        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(twice));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Load_Mutated_IsAnImageOrOneOfTheTwoExceptions(string name)
    {
        var original = File.ReadAllBytes(Picture.Fixture(name));
        var random = new TestRandom(20240611);
        for (var round = 0; round < 150; round++)
        {
            var bytes = Mutation.Draw(random, original);
            try
            {
                using var image = Image.Load<Rgb24>(bytes);
                Assert.InRange((long)image.Width * image.Height, 1, PixelBuffer.MaximumDecodedPixels);
            }
            catch (ImageFormatException exception)
            {
                Assert.True(exception is UnknownImageFormatException or InvalidImageContentException);
                Assert.DoesNotContain('\n', exception.Message);
            }
        }
    }
}
