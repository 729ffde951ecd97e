namespace Ensemble.Data.Formats;

/// <summary>Images and labels of one part (train, val, test) of an .npz data set.</summary>
internal sealed class NpzPart
{
    private const string Remedy = "save images as uint8 and one integer label an image";

    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly int[] _labels;

    private NpzPart(string imagesName, ImageShape shape, ReadOnlyMemory<byte> pixels, int[] labels)
    {
        ImagesName = imagesName;
        Shape = shape;
        _pixels = pixels;
        _labels = labels;
    }

    /// <summary>The array that the images are from.</summary>
    public string ImagesName { get; }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The largest class index.</summary>
    public int LargestLabel => _labels.Max();

    /// <summary>Reads one part.</summary>
    /// <exception cref="DataFaultException">The arrays are damaged, or not what is read.</exception>
    public static NpzPart Read(NpzReader reader, string imagesName, string labelsName)
    {
        var images = reader.Read(imagesName);
        var (shape, isChannelsLast) = ShapeOf(reader, images, imagesName);
        var labels = ReadLabels(reader, reader.Read(labelsName), labelsName);
        if (labels.Length != images.Sizes[0])
        {
            throw Fault(
                reader, $"{images.Sizes[0]} labels in {labelsName}, as {imagesName} has images", $"{labels.Length}");
        }

        var pixels = isChannelsLast && shape.Channels > 1 ? ChannelsFirst(images.Content.Span, shape) : images.Content;
        return new NpzPart(imagesName, shape, pixels, labels);
    }

    /// <summary>The part as a data set.</summary>
    public ImageDataset ToDataset(IReadOnlyList<string> classNames, string source) =>
        new(Shape, _pixels, _labels, classNames, source);

    private static (ImageShape Shape, bool IsChannelsLast) ShapeOf(NpzReader reader, NpyArray images, string name)
    {
        const string Expected = "uint8 images [N, H, W], [N, H, W, 3] or [N, 3, H, W], none of them 0";
        if (images.ElementType != NpyElementType.UInt8 || images.Content.IsEmpty)
        {
            throw Fault(reader, $"{Expected}, in {name}", $"{images}");
        }

        var sizes = images.Sizes;
        return sizes.Count switch
        {
            3 => (new ImageShape(1, sizes[1], sizes[2]), false),
            4 when sizes[3] is 1 or 3 => (new ImageShape(sizes[3], sizes[1], sizes[2]), true),
            4 when sizes[1] is 1 or 3 => (new ImageShape(sizes[1], sizes[2], sizes[3]), false),
            _ => throw Fault(reader, $"{Expected}, in {name}", $"{images}"),
        };
    }

    private static int[] ReadLabels(NpzReader reader, NpyArray labels, string name)
    {
        var expected = $"one class index an image in {name}, integers [N] or [N, 1]";
        if (labels.Sizes.Count == 2 && labels.Sizes[1] > 1)
        {
            throw Fault(reader, expected, $"{labels}: several labels an image, which is another task");
        }

        if (!labels.HoldsIntegers || labels.Sizes.Count is not (1 or 2) || labels.Content.IsEmpty)
        {
            throw Fault(reader, expected, $"{labels}");
        }

        var values = labels.ToIntegers();
        var outOfRange = values.AsSpan().IndexOfAnyExceptInRange(0, NpzDataset.MaximumClasses - 1);
        return outOfRange < 0
            ? Array.ConvertAll(values, value => (int)value)
            : throw Fault(
                reader,
                $"labels 0 to {NpzDataset.MaximumClasses - 1} in {name}",
                $"{values[outOfRange]} at index {outOfRange}");
    }

    // [N, H, W, C] to [N, C, H, W].
    private static byte[] ChannelsFirst(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        var (channels, planeLength) = (shape.Channels, shape.PlaneLength);
        var planes = GC.AllocateUninitializedArray<byte>(pixels.Length);
        for (var image = 0; image < pixels.Length; image += shape.ValueCount)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var plane = planes.AsSpan(image + (channel * planeLength), planeLength);
                var from = pixels.Slice(image + channel, shape.ValueCount - channel);
                for (var pixel = 0; pixel < plane.Length; pixel++)
                {
                    plane[pixel] = from[pixel * channels];
                }
            }
        }

        return planes;
    }

    private static DataFaultException Fault(NpzReader reader, string expected, string found) =>
        new(reader.Path, expected, found, Remedy);
}
