using Ensemble.Data;
using Ensemble.Data.Images;

namespace Ensemble.Classification;

/// <summary>Image files as the pixels that a network takes: upright, resized and cropped as training data are.</summary>
internal static class PixelBatch
{
    private const int Colours = 3;

    /// <summary>Whether image files can be read for a network of this input.</summary>
    public static bool CanRead(ImageShape shape) => shape.Channels is 1 or Colours;

    /// <summary>Reads files, several at a time.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="shape">The shape of an image: 1 or 3 channels.</param>
    /// <returns>[readable files, C, H, W] uint8; and for each file null, or what is wrong with it.</returns>
    public static (byte[] Pixels, string?[] Faults) Read(IReadOnlyList<string> paths, ImageShape shape)
    {
        var images = new byte[paths.Count][];
        var faults = new string?[paths.Count];
        Parallel.For(0, paths.Count, index => (images[index], faults[index]) = Read(paths[index], shape));
        var pixels = new byte[faults.Count(fault => fault is null) * shape.ValueCount];
        var filled = 0;
        foreach (var image in images.Where((_, index) => faults[index] is null))
        {
            image.CopyTo(pixels, filled);
            filled += image.Length;
        }

        return (pixels, faults);
    }

    private static (byte[] Pixels, string? Fault) Read(string path, ImageShape shape)
    {
        var length = shape.Height * shape.Width;
        var planes = new byte[Colours * length];
        var fault = ImageFileDecoder.Decode(path, shape.Width, shape.Height, new byte[planes.Length], planes, out _);
        return (shape.Channels == Colours ? planes : Gray(planes, length), fault);
    }

    // ITU-R BT.601's weights in thousandths; they sum to 1, so that gray stays as it is.
    private static byte[] Gray(byte[] planes, int length)
    {
        var gray = new byte[length];
        for (var place = 0; place < length; place++)
        {
            gray[place] = (byte)(((299 * planes[place]) + (587 * planes[length + place]) + (114 * planes[(2 * length) + place]) + 500) / 1000);
        }

        return gray;
    }
}
