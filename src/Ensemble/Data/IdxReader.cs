using System.Buffers.Binary;

namespace Ensemble.Data;

/// <summary>
/// Reads pairs of idx files, the format of MNIST: images as idx3 and labels as idx1, both of unsigned bytes, big-endian
/// headers, plain or gzip (told by content). Format: http://yann.lecun.com/exdb/mnist.
/// </summary>
public static class IdxReader
{
    private const uint ImagesMagic = 0x00000803;
    private const uint LabelsMagic = 0x00000801;

    /// <summary>Reads images and their labels.</summary>
    /// <param name="imagesPath">The idx3 file.</param>
    /// <param name="labelsPath">The idx1 file.</param>
    /// <param name="classNames">A name for each class; labels must be below their number.</param>
    /// <returns>The images, one channel each; their source is <paramref name="imagesPath"/>.</returns>
    /// <exception cref="DataFaultException">
    /// A file is missing, empty, truncated, too long, of another format, or corrupt; the two disagree in their counts;
    /// or a label has no class name.
    /// </exception>
    public static ImageDataset Read(string imagesPath, string labelsPath, IReadOnlyList<string> classNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        ArgumentNullException.ThrowIfNull(classNames);
        var (shape, pixels) = ReadImages(imagesPath);
        var labels = ReadLabels(labelsPath);
        var imageCount = pixels.Length / shape.ValueCount;
        if (labels.Length != imageCount)
        {
            throw new DataFaultException(
                labelsPath, $"{imageCount} labels, as {imagesPath} has images", $"{labels.Length}",
                "use files of the same split");
        }

        var outOfRange = labels.AsSpan().IndexOfAnyExceptInRange(
            (byte)0, (byte)Math.Min(classNames.Count - 1, byte.MaxValue));
        if (outOfRange >= 0)
        {
            throw new DataFaultException(
                labelsPath,
                $"labels 0 to {classNames.Count - 1}",
                $"{labels[outOfRange]} at index {outOfRange}",
                "check that the class names belong to this data set, or get the file again");
        }

        return new ImageDataset(shape, pixels, Array.ConvertAll(labels, label => (int)label), classNames, imagesPath);
    }

    private static (ImageShape Shape, byte[] Pixels) ReadImages(string path)
    {
        const int HeaderBytes = 16;
        using var reader = DataFileReader.Open(path, "an idx3 image file", mayBeCompressed: true);
        Span<byte> header = stackalloc byte[HeaderBytes];
        ReadMagic(reader, header, ImagesMagic, "idx3 of unsigned bytes");
        var count = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var height = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var width = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        var declaration = $"{count} images of {height}x{width}";
        if (count == 0 || height == 0 || width == 0)
        {
            throw new DataFaultException(
                path, "at least one image of at least 1x1", $"a header that declares {declaration}",
                DataFileReader.GetAgain);
        }

        var pixels = reader.ReadBody((UInt128)count * height * width, HeaderBytes, declaration);
        return (new ImageShape(1, (int)height, (int)width), pixels);
    }

    private static byte[] ReadLabels(string path)
    {
        const int HeaderBytes = 8;
        using var reader = DataFileReader.Open(path, "an idx1 label file", mayBeCompressed: true);
        Span<byte> header = stackalloc byte[HeaderBytes];
        ReadMagic(reader, header, LabelsMagic, "idx1 of unsigned bytes");
        var count = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        return count > 0
            ? reader.ReadBody(count, HeaderBytes, $"{count} labels")
            : throw new DataFaultException(
                path, "at least one label", "a header that declares 0 labels", DataFileReader.GetAgain);
    }

    private static void ReadMagic(DataFileReader reader, Span<byte> header, uint magic, string format)
    {
        reader.ReadHeader(header);
        var found = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (found != magic)
        {
            throw new DataFaultException(
                reader.Path,
                $"magic number 0x{magic:X8} ({format})",
                $"0x{found:X8}",
                "check that images and labels are not swapped, or get the file again");
        }
    }
}
