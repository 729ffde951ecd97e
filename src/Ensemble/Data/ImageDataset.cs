using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ensemble.Data;

/// <summary>Labelled images of one shape: pixels [N, C, H, W] uint8, labels [N] int32. Never empty, never
/// changed.</summary>
public sealed class ImageDataset
{
    private readonly Lazy<string> _checksum;

    /// <summary>Holds the images; the memory is not copied, and must not be written to afterwards.</summary>
    /// <param name="shape">The shape of every image.</param>
    /// <param name="pixels">[N, C, H, W] uint8, row-major, 0 to 255; at most 2 GiB.</param>
    /// <param name="labels">[N] class indices, 0 to the number of class names - 1.</param>
    /// <param name="classNames">A name for each class, in the order of the labels; at least one.</param>
    /// <param name="source">Where the images are from: a path, or the recipe that drew them.</param>
    /// <exception cref="ArgumentException">There are no images or no classes, lengths disagree, or a label is out of
    /// range.</exception>
    public ImageDataset(
        ImageShape shape,
        ReadOnlyMemory<byte> pixels,
        ReadOnlyMemory<int> labels,
        IReadOnlyList<string> classNames,
        string source)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentException.ThrowIfNullOrEmpty(source);
        RequireConsistent(shape, pixels, labels, classNames);
        Shape = shape;
        Pixels = pixels;
        Labels = labels;
        ClassNames = [.. classNames];
        Source = source;
        _checksum = new Lazy<string>(ComputeChecksum);
    }

    /// <summary>The shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>[N, C, H, W] uint8, row-major.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>[N] class indices.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>A name for each class, in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Where the images are from: a path, or the recipe that drew them.</summary>
    public string Source { get; }

    /// <summary>Images, at least 1.</summary>
    public int Count => Labels.Length;

    /// <summary>Classes, at least 1, whether or not each has an image.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>
    /// SHA-256 in lower-case hexadecimal over N, C, H, W (int32, little-endian), the pixels, and the labels (int32,
    /// little-endian). Computed when first asked for.
    /// </summary>
    public string Checksum => _checksum.Value;

    /// <summary>One image, [C, H, W] uint8.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>A view of the image's own memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is out of range.</exception>
    public ReadOnlySpan<byte> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Pixels.Span.Slice(index * Shape.ValueCount, Shape.ValueCount);
    }

    /// <summary>Copies chosen images into a data set of their own, in the order given; an index may come
    /// twice.</summary>
    /// <param name="indices">At least one, each 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The chosen images, with the same shape, class names and source.</returns>
    /// <exception cref="ArgumentException"><paramref name="indices"/> is empty, or one is out of range.</exception>
    public ImageDataset Subset(ReadOnlySpan<int> indices)
    {
        if (indices.IsEmpty)
        {
            throw new ArgumentException("must hold at least one index", nameof(indices));
        }

        var pixels = new byte[checked(indices.Length * Shape.ValueCount)];
        var labels = new int[indices.Length];
        for (var position = 0; position < indices.Length; position++)
        {
            Image(indices[position]).CopyTo(pixels.AsSpan(position * Shape.ValueCount));
            labels[position] = Labels.Span[indices[position]];
        }

        return new ImageDataset(Shape, pixels, labels, ClassNames, Source);
    }

    /// <summary>Copies data sets into one, in the order given.</summary>
    /// <param name="parts">At least one, alike in shape and class names; the source is the first one's.</param>
    /// <returns>Their images together, at most 2 GiB of pixels.</returns>
    /// <exception cref="ArgumentException">There are none, or they differ.</exception>
    public static ImageDataset Join(IReadOnlyList<ImageDataset> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.Any(part => part.Shape != parts[0].Shape || !part.ClassNames.SequenceEqual(parts[0].ClassNames)))
        {
            throw new ArgumentException("must be at least one, all of one shape and the same classes", nameof(parts));
        }

        var pixels = new byte[checked(parts.Sum(part => part.Pixels.Length))];
        var labels = new int[parts.Sum(part => part.Count)];
        var (pixel, label) = (0, 0);
        foreach (var part in parts)
        {
            part.Pixels.Span.CopyTo(pixels.AsSpan(pixel));
            part.Labels.Span.CopyTo(labels.AsSpan(label));
            (pixel, label) = (pixel + part.Pixels.Length, label + part.Count);
        }

        return new ImageDataset(parts[0].Shape, pixels, labels, parts[0].ClassNames, parts[0].Source);
    }

    /// <summary>The same images among the classes of another data set: each keeps the name of its class.</summary>
    /// <param name="classNames">Another name for each class, in the order of the labels; this data set's among them, in any order.</param>
    /// <returns>The images with these classes, some perhaps without an image; the pixels are shared.</returns>
    /// <exception cref="ArgumentException">A class of this data set is not among them, or a name comes twice.</exception>
    public ImageDataset InClasses(IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        string[] names = [.. classNames];
        if (names.Distinct().Count() < names.Length)
        {
            throw new ArgumentException("must not hold a name twice", nameof(classNames));
        }

        var places = ClassNames.Select(name => Array.IndexOf(names, name)).ToArray();
        if (places.Contains(-1))
        {
            throw new ArgumentException($"must hold '{ClassNames[Array.IndexOf(places, -1)]}'", nameof(classNames));
        }

        return new ImageDataset(Shape, Pixels, Array.ConvertAll(Labels.ToArray(), label => places[label]), names, Source);
    }

    /// <summary>Counts the images of every class.</summary>
    /// <returns>A count for each class, in the order of the class names; their sum is <see cref="Count"/>.</returns>
    public int[] CountPerClass()
    {
        var counts = new int[ClassCount];
        foreach (var label in Labels.Span)
        {
            counts[label]++;
        }

        return counts;
    }

    private static void RequireConsistent(
        ImageShape shape, ReadOnlyMemory<byte> pixels, ReadOnlyMemory<int> labels, IReadOnlyList<string> classNames)
    {
        if (classNames.Count == 0)
        {
            throw new ArgumentException("must name at least one class", nameof(classNames));
        }

        if (labels.IsEmpty)
        {
            throw new ArgumentException("must label at least one image", nameof(labels));
        }

        if (pixels.Length != (long)labels.Length * shape.ValueCount)
        {
            throw new ArgumentException(
                $"must hold {labels.Length} images of {shape}, a byte for each value; holds {pixels.Length} bytes",
                nameof(pixels));
        }

        var outOfRange = labels.Span.IndexOfAnyExceptInRange(0, classNames.Count - 1);
        if (outOfRange >= 0)
        {
            throw new ArgumentException(
                $"must be 0 to {classNames.Count - 1}; label {outOfRange} is {labels.Span[outOfRange]}",
                nameof(labels));
        }
    }

    private string ComputeChecksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendIntegers(hash, [Count, Shape.Channels, Shape.Height, Shape.Width]);
        hash.AppendData(Pixels.Span);
        AppendIntegers(hash, Labels.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendIntegers(IncrementalHash hash, ReadOnlySpan<int> values)
    {
        var bytes = new byte[values.Length * sizeof(int)];
        for (var index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(index * sizeof(int)), values[index]);
        }

        hash.AppendData(bytes);
    }
}
