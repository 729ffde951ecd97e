using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace SixLabors.ImageSharp.Tests;

public sealed class OrientationTests
{
    // Where the stored upper left corner is seen, and where the stored first row runs from there, by EXIF 2.32, 4.6.4:
    // "the 0th row is at the visual ... and the 0th column is the visual ...".
    [Theory]
    [InlineData(1, "top left", "right")]
    [InlineData(2, "top right", "left")]
    [InlineData(3, "bottom right", "left")]
    [InlineData(4, "bottom left", "right")]
    [InlineData(5, "top left", "down")]
    [InlineData(6, "top right", "down")]
    [InlineData(7, "bottom right", "up")]
    [InlineData(8, "bottom left", "up")]
    public void AutoOrient_EveryOrientation_PutsTheFirstRowWhereExifSays(int orientation, string corner, string direction)
    {
        foreach (var isLittle in new[] { true, false })
        {
            using var image = Image.Load<L8>(WithOrientation("gray.jpg", orientation, isLittle));
            using var stored = image.Clone();

            image.Mutate(context => context.AutoOrient().AutoOrient());

            Assert.Equal(orientation >= 5 ? new Size(21, 33) : new Size(33, 21), image.Size);
            var (x, y) = (corner.EndsWith("left", StringComparison.Ordinal) ? 0 : image.Width - 1,
                corner.StartsWith("top", StringComparison.Ordinal) ? 0 : image.Height - 1);
            var (stepX, stepY) = direction switch
            {
                "right" => (1, 0), "left" => (-1, 0), "down" => (0, 1), _ => (0, -1),
            };
            for (var step = 0; step < stored.Width; step++)
            {
                Assert.Equal(stored[step, 0], image[x + (step * stepX), y + (step * stepY)]);
            }

            Assert.True(image.Metadata.ExifProfile!.TryGetValue(ExifTag.Orientation, out var now));
            Assert.Equal(1, now.Value);
        }
    }

    [Fact]
    public void AutoOrient_PngWithExif_Turns()
    {
        using var image = Image.Load<Rgb24>(Picture.Fixture("rgb8-exif6.png"));

        image.Mutate(context => context.AutoOrient());

        Assert.Equal(new Size(21, 33), image.Size);
        Assert.Equal(Picture.Colour(0, 0), image[20, 0]);
        Assert.Equal(Picture.Colour(0, 20), image[0, 0]);
        Assert.Equal(Picture.Colour(32, 20), image[0, 32]);
    }

    [Fact]
    public void Identify_Exif_TellsTheOrientation()
    {
        var info = Image.Identify(WithOrientation("gray.jpg", 8, isLittle: true));

        Assert.True(info.Metadata.ExifProfile!.TryGetValue(ExifTag.Orientation, out var value));
        Assert.Equal(8, value.Value);
        Assert.Equal(new Size(33, 21), info.Size);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(65535)]
    public void AutoOrient_OrientationThatIsNone_LeavesTheImage(int orientation)
    {
        using var image = Image.Load<L8>(WithOrientation("gray.jpg", orientation, isLittle: false));

        image.Mutate(context => context.AutoOrient());

        Assert.Equal(new Size(33, 21), image.Size);
        Assert.Null(image.Metadata.ExifProfile);
    }

    [Theory]
    [InlineData("II")]
    [InlineData("II*\0\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("MM\0*\0\0\0\u0008\u00ff\u00ff")]
    [InlineData("MM\0*\u0080\0\0\u0008")]
    [InlineData("what is this")]
    public void Load_DamagedExif_IsNoFaultOfThePicture(string tiff)
    {
        using var image = Image.Load<L8>(WithExif("gray.jpg", [.. tiff.Select(character => (byte)character)]));

        Assert.Equal(new Size(33, 21), image.Size);
        Assert.Null(image.Metadata.ExifProfile);
    }

    internal static byte[] WithOrientation(string fixture, int orientation, bool isLittle)
    {
        var tiff = new byte[26];
        (isLittle ? "II"u8 : "MM"u8).CopyTo(tiff);
        Write16(2, 42);
        tiff[isLittle ? 4 : 7] = 8;
        Write16(8, 1); // entries
        Write16(10, 0x0112);
        Write16(12, 3); // a short
        tiff[isLittle ? 14 : 17] = 1;
        Write16(18, orientation);
        return WithExif(fixture, tiff);

        void Write16(int offset, int value)
        {
            if (isLittle) BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(offset), (ushort)value);
            else BinaryPrimitives.WriteUInt16BigEndian(tiff.AsSpan(offset), (ushort)value);
        }
    }

    private static byte[] WithExif(string fixture, byte[] tiff)
    {
        var jpeg = File.ReadAllBytes(Picture.Fixture(fixture));
        var length = (ushort)(tiff.Length + 8);
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. "Exif\0\0"u8, .. tiff, .. jpeg[2..]];
    }
}
