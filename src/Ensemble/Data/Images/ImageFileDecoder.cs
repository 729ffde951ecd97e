using Ensemble.Storage;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Ensemble.Data.Images;

/// <summary>Reads one image file. Everything that can be wrong with it is a reason in a few words; nothing is
/// thrown.</summary>
internal static class ImageFileDecoder
{
    /// <summary>More than the largest camera writes.</summary>
    private const long LongestBytes = 1 << 28;

    /// <summary>What the headers tell.</summary>
    public readonly record struct Header(int Width, int Height, bool IsTurned);

    /// <summary>What was done to an image.</summary>
    public readonly record struct Outcome(bool IsGray, bool IsTurned, bool IsResized);

    /// <summary>Fails when this machine cannot decode anything.</summary>
    /// <exception cref="MachineFaultException">It lacks a library.</exception>
    public static void RequireLibrary()
    {
        // A GIF of one pixel.
        byte[] smallest = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];
        try
        {
            Image.Load<Rgb24>(smallest).Dispose();
        }
        catch (NotSupportedException exception)
        {
            throw new MachineFaultException("image decoding", exception.Message, "then start again", exception);
        }
    }

    /// <summary>Reads an image's upright size.</summary>
    /// <returns>Null and the header, or what is wrong.</returns>
    public static string? Identify(string path, out Header header)
    {
        Header found = default;
        var reason = Try(path, content =>
        {
            var info = Image.Identify(content);
            var orientation = OrientationOf(info.Metadata.ExifProfile);
            found = orientation >= 5
                ? new Header(info.Height, info.Width, true)
                : new Header(info.Width, info.Height, orientation > 1);
        });
        header = found;
        return reason;
    }

    /// <summary>Decodes an image, upright, to a size.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="interleaved">[H, W, 3] uint8: room to work in.</param>
    /// <param name="planes">[3, H, W] uint8: the result.</param>
    /// <param name="outcome">What was done.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Decode(string path, int width, int height, byte[] interleaved, Memory<byte> planes, out Outcome outcome)
    {
        Outcome done = default;
        var reason = Try(path, content =>
        {
            using var image = Image.Load<Rgb24>(content);
            var isTurned = OrientationOf(image.Metadata.ExifProfile) > 1;
            if (isTurned) image.Mutate(context => context.AutoOrient());
            var isResized = image.Width != width || image.Height != height;
            if (isResized)
            {
                image.Mutate(context => context.Resize(
                    new ResizeOptions { Size = new Size(width, height), Mode = ResizeMode.Crop, Sampler = KnownResamplers.Bicubic }));
            }

            image.CopyPixelDataTo(interleaved.AsSpan());
            done = new Outcome(Separate(interleaved, planes.Span), isTurned, isResized);
        });
        outcome = done;
        return reason;
    }

    private static string? Try(string path, Action<byte[]> read)
    {
        try
        {
            // Also keeps devices and pipes, whose length is 0, from being opened: reading them may never end.
            var length = FileLength.Of(path);
            if (length == 0) return "an empty file";
            if (length > LongestBytes) return $"a file of {length} bytes";
            var content = File.ReadAllBytes(path);
            if (!ImageFileEnd.IsThere(content)) return "a file that was cut short";
            read(content);
            return null;
        }
        catch (UnknownImageFormatException)
        {
            return "no JPEG, PNG, GIF or BMP";
        }
        catch (Exception exception) when (exception is ImageFormatException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return exception.Message.ReplaceLineEndings(" ");
        }
    }

    private static int OrientationOf(ExifProfile? profile) =>
        profile is not null && profile.TryGetValue(ExifTag.Orientation, out var orientation)
            ? orientation.Value is >= 1 and <= 8 ? orientation.Value : 1
            : 1;

    /// <summary>Pixel order to plane order.</summary>
    /// <returns>Whether the planes are equal, and so the image gray.</returns>
    private static bool Separate(ReadOnlySpan<byte> pixels, Span<byte> planes)
    {
        var length = planes.Length / 3;
        var (red, green, blue) = (0, length, 2 * length);
        var difference = 0;
        for (var position = 0; position + 2 < pixels.Length; position += 3)
        {
            var (r, g, b) = (pixels[position], pixels[position + 1], pixels[position + 2]);
            planes[red++] = r;
            planes[green++] = g;
            planes[blue++] = b;
            difference |= (r ^ g) | (r ^ b);
        }

        return difference == 0;
    }
}
