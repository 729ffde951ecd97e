using TorchSharp;

namespace Ensemble.Data;

/// <summary>
/// Brings data that have been read to another size: the shorter side gets it (bicubic, antialiased), and the middle of
/// the longer one is kept, as with folders of images. Done by torchvision's transforms, a few hundred images at a time.
/// </summary>
public static class DatasetResizer
{
    private const int ImagesAtOnce = 256;

    /// <summary>Resizes every split.</summary>
    /// <param name="splits">The data set.</param>
    /// <param name="sizePixels">The height and width of the result, at least 1.</param>
    /// <param name="cancellationToken">Stops between two groups of images.</param>
    /// <returns>The same images in that size; the same data set where they have it.</returns>
    /// <exception cref="DataFaultException">The result fits into no array.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static DatasetSplits Resize(DatasetSplits splits, int sizePixels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentOutOfRangeException.ThrowIfLessThan(sizePixels, 1);
        return splits.Train.Shape.Height == sizePixels && splits.Train.Shape.Width == sizePixels
            ? splits
            : new DatasetSplits(
                splits.Name,
                Resize(splits.Train, sizePixels, cancellationToken),
                Resize(splits.Test, sizePixels, cancellationToken),
                splits.Validation is null ? null : Resize(splits.Validation, sizePixels, cancellationToken)) { IsTestDrawn = splits.IsTestDrawn };
    }

    private static ImageDataset Resize(ImageDataset images, int sizePixels, CancellationToken cancellationToken)
    {
        var shape = new ImageShape(images.Shape.Channels, sizePixels, sizePixels);
        if ((long)images.Count * shape.ValueCount > Array.MaxLength)
        {
            throw new DataFaultException(
                images.Source, $"at most {Array.MaxLength / shape.ValueCount} images of {shape}", $"{images.Count}", "ask for a smaller size");
        }

        var resize = torchvision.transforms.Compose(
            torchvision.transforms.Resize(sizePixels, torch.InterpolationMode.Bicubic, antialias: true),
            torchvision.transforms.CenterCrop(sizePixels));
        var pixels = new byte[images.Count * shape.ValueCount];
        using var guard = torch.no_grad();
        for (var first = 0; first < images.Count; first += ImagesAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(ImagesAtOnce, images.Count - first);
            var source = images.Pixels.Slice(first * images.Shape.ValueCount, count * images.Shape.ValueCount);
            Resize(source, images.Shape, resize, pixels.AsSpan(first * shape.ValueCount, count * shape.ValueCount));
        }

        return new ImageDataset(shape, pixels, images.Labels, images.ClassNames, images.Source);
    }

    private static void Resize(ReadOnlyMemory<byte> source, ImageShape shape, torchvision.ITransform resize, Span<byte> target)
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.tensor(source.ToArray(), [source.Length / shape.ValueCount, shape.Channels, shape.Height, shape.Width]).to(torch.ScalarType.Float32);
        // A cubic curve swings over white and below black.
        var resized = resize.call(images).round().clamp(0, byte.MaxValue).to(torch.ScalarType.Byte).contiguous();
        resized.data<byte>().CopyTo(target);
    }
}
