using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Ensemble.Data.Images;

/// <summary>One image of a data set as a picture.</summary>
public static class DatasetPicture
{
    /// <summary>The longest side of a picture, in pixels; larger images are shrunk.</summary>
    public const int MostPixels = 96;

    /// <summary>Draws an image: gray for one or two channels, else the first three as red, green, blue.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="index">0 to its count - 1.</param>
    /// <returns>A PNG.</returns>
    public static byte[] ToPng(ImageDataset dataset, int index)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        using var picture = Draw(dataset, index, Math.Min(MostPixels, Math.Max(dataset.Shape.Width, dataset.Shape.Height)));
        using var stream = new MemoryStream();
        picture.SaveAsPng(stream);
        return stream.ToArray();
    }

    /// <summary>An image, shrunk or enlarged to a side.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="index">Which image.</param>
    /// <param name="tileSide">The longer side, in pixels.</param>
    /// <returns>The picture; the caller disposes it.</returns>
    internal static Image<Rgb24> Draw(ImageDataset dataset, int index, int tileSide)
    {
        var planes = dataset.Image(index);
        var (length, channels) = (dataset.Shape.PlaneLength, dataset.Shape.Channels);
        var pixels = new byte[3 * length];
        for (var position = 0; position < pixels.Length; position++)
        {
            // Of one or two channels the first is shown as gray, of more than three the first three.
            pixels[position] = planes[((channels < 3 ? 0 : position % 3) * length) + (position / 3)];
        }

        var tile = Image.LoadPixelData<Rgb24>(pixels, dataset.Shape.Width, dataset.Shape.Height);
        var grows = tileSide > Math.Max(tile.Width, tile.Height);
        tile.Mutate(context => context.Resize(new ResizeOptions
        {
            Size = new Size(tileSide, tileSide),
            Mode = ResizeMode.Max,
            // Enlarged, a pixel stays a square: what is there is to be seen, and it compresses.
            Sampler = grows ? KnownResamplers.Box : KnownResamplers.Bicubic,
        }));
        return tile;
    }
}
