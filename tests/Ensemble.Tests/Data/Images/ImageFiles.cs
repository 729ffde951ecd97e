using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Ensemble.Tests.Data.Images;

/// <summary>Makes image files.</summary>
internal static class ImageFiles
{
    /// <summary>A PNG of one colour.</summary>
    public static byte[] Png(int width, int height, byte red, byte green, byte blue) =>
        Png(width, height, (_, _) => new Rgb24(red, green, blue));

    /// <summary>A PNG by a formula of (x, y).</summary>
    public static byte[] Png(int width, int height, Func<int, int, Rgb24> colour)
    {
        using var image = Draw(width, height, colour);
        using var stream = new MemoryStream();
        image.SaveAsPng(stream);
        return stream.ToArray();
    }

    /// <summary>A PNG of one byte for each pixel.</summary>
    public static byte[] GrayPng(int width, int height, byte level)
    {
        using var image = new Image<L8>(width, height);
        for (var pixel = 0; pixel < width * height; pixel++) image[pixel % width, pixel / width] = new L8(level);
        using var stream = new MemoryStream();
        image.SaveAsPng(stream);
        return stream.ToArray();
    }

    /// <summary>A JPEG by a formula of (x, y), with an EXIF orientation when one is given.</summary>
    public static byte[] Jpeg(int width, int height, Func<int, int, Rgb24> colour, byte? orientation = null)
    {
        using var image = Draw(width, height, colour);
        using var stream = new MemoryStream();
        image.SaveAsJpeg(stream);
        var jpeg = stream.ToArray();
        return orientation is not { } value
            ? jpeg
            : [.. jpeg[..2], 0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0, .. jpeg[2..]];
    }

    private static Image<Rgb24> Draw(int width, int height, Func<int, int, Rgb24> colour)
    {
        var image = new Image<Rgb24>(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++) image[x, y] = colour(x, y);
        }

        return image;
    }
}
