using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Tests.Data;

/// <summary>
/// Images that say where they come from: channel 0 is the sample's index and 1 everywhere, channel 1 the place of the pixel
/// and 1, so that 0 is the border alone.
/// </summary>
internal static class MarkedImages
{
    public const int Height = 5;
    public const int Width = 7;
    public const int ClassCount = 4;

    /// <summary>Under this normalisation the batches hold the bytes themselves.</summary>
    public static ChannelStatistics Bytes { get; } = new() { Mean = [0, 0], StandardDeviation = [1 / 255.0, 1 / 255.0] };

    public static ImageDataset Create(int count)
    {
        var shape = new ImageShape(2, Height, Width);
        var pixels = new byte[count * shape.ValueCount];
        for (var index = 0; index < pixels.Length; index++)
        {
            var place = index % shape.ValueCount;
            pixels[index] = (byte)(1 + (place < shape.PlaneLength ? index / shape.ValueCount : place - shape.PlaneLength));
        }

        var labels = Enumerable.Range(0, count).Select(LabelOf).ToArray();
        return new ImageDataset(shape, pixels, labels, TestImages.Names(ClassCount), "marked");
    }

    public static int LabelOf(int sample) => sample * 7 % ClassCount;

    public static ResidentDataset Resident(int count, AugmentationOptions augmentation) =>
        new(Create(count), Bytes, augmentation, torch.CPU);

    /// <summary>Which sample a view is of and how it was moved, after every pixel of it was held against that.</summary>
    public static MarkedView Read(ReadOnlySpan<float> view)
    {
        var plane = Height * Width;
        var (down, across, mirrored, sample) = (int.MinValue, 0, false, -1);
        for (var place = 0; place < plane && down == int.MinValue; place++)
        {
            // Two neighbours in a row tell the shift and the direction.
            if (place % Width != Width - 1 && view[plane + place] != 0 && view[plane + place + 1] != 0)
            {
                var source = (int)view[plane + place] - 1;
                mirrored = view[plane + place + 1] < view[plane + place];
                down = (source / Width) - (place / Width);
                across = (source % Width) - (mirrored ? Width - 1 - (place % Width) : place % Width);
                sample = (int)view[place] - 1;
            }
        }

        Hold(view, sample, down, across, mirrored);
        return new MarkedView(sample, down, across, mirrored);
    }

    private static void Hold(ReadOnlySpan<float> view, int sample, int down, int across, bool mirrored)
    {
        for (var place = 0; place < Height * Width; place++)
        {
            var column = place % Width;
            var (y, x) = ((place / Width) + down, (mirrored ? Width - 1 - column : column) + across);
            var inside = y is >= 0 and < Height && x is >= 0 and < Width;
            Assert.Equal(inside ? sample + 1 : 0, view[place]);
            Assert.Equal(inside ? (y * Width) + x + 1 : 0, view[(Height * Width) + place]);
        }
    }
}
