namespace Ensemble.Data.Images;

/// <summary>All images of a folder in memory, once, in the order of their files.</summary>
internal sealed class DecodedImages
{
    private const int Channels = 3;

    private readonly byte[] _pixels;
    private readonly ImageShape _shape;
    private readonly ImageFile[] _files;

    private DecodedImages(byte[] pixels, ImageShape shape, ImageFile[] files)
    {
        _pixels = pixels;
        _shape = shape;
        _files = files;
    }

    /// <summary>Images that were read.</summary>
    public int Count => _files.Length;

    /// <summary>How many of them are gray.</summary>
    public required int GrayCount { get; init; }

    /// <summary>How many were turned upright.</summary>
    public required int TurnedCount { get; init; }

    /// <summary>How many were resized or cropped.</summary>
    public required int ResizedCount { get; init; }

    /// <summary>Decodes every file that is not known to be broken.</summary>
    /// <param name="layout">The files.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="broken">What is wrong with each file, or null; new entries are made.</param>
    /// <param name="options">How to read.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="DataFaultException">The images do not fit into an array, or one is broken and that is
    /// fatal.</exception>
    public static DecodedImages Read(ImageFolderLayout layout, int width, int height, string?[] broken, ImageFolderOptions options, CancellationToken cancellationToken)
    {
        var shape = new ImageShape(Channels, height, width);
        var bytes = (long)broken.Length * shape.ValueCount;
        if (bytes > Array.MaxLength)
        {
            throw new DataFaultException(
                layout.Root, $"at most {Array.MaxLength / shape.ValueCount} images of {shape}", $"{broken.Length}", "ask for a smaller size");
        }

        var pixels = new byte[bytes];
        var outcomes = new ImageFileDecoder.Outcome[broken.Length];
        using var buffers = new ThreadLocal<byte[]>(() => new byte[shape.ValueCount]);
        ForEachFile.Run(layout, broken, options, index => ImageFileDecoder.Decode(
            layout.Files[index].Path, width, height, buffers.Value!,
            pixels.AsMemory(index * shape.ValueCount, shape.ValueCount), out outcomes[index]), cancellationToken);
        var whole = Enumerable.Range(0, broken.Length).Where(index => broken[index] is null).ToArray();
        var grayCount = whole.Count(index => outcomes[index].IsGray);
        var kept = grayCount == whole.Length ? new ImageShape(1, height, width) : shape;
        Compact(pixels, shape, kept, whole);
        return new DecodedImages(pixels, kept, [.. whole.Select(index => layout.Files[index])])
        {
            GrayCount = grayCount,
            TurnedCount = whole.Count(index => outcomes[index].IsTurned),
            ResizedCount = whole.Count(index => outcomes[index].IsResized),
        };
    }

    /// <summary>Holds that skipping left an image to every class of every split.</summary>
    /// <exception cref="DataFaultException">It did not.</exception>
    public void RequireEveryClass(ImageFolderLayout layout, string?[] broken)
    {
        var left = _files.Select(file => (file.Split, file.Label)).ToHashSet();
        for (var index = 0; index < broken.Length; index++)
        {
            var file = layout.Files[index];
            if (!left.Contains((file.Split, file.Label)))
            {
                throw new DataFaultException(
                    Path.GetDirectoryName(file.Path)!, "at least one image that can be read in every class folder",
                    $"{Path.GetFileName(file.Path)}: {broken[index]}", "replace the broken images, or remove the folder");
            }
        }
    }

    /// <summary>The images of a split; a view, not a copy.</summary>
    public ImageDataset Take(ImageSplit split, ImageFolderLayout layout)
    {
        var first = Array.FindIndex(_files, file => file.Split == split);
        var count = _files.Count(file => file.Split == split);
        return new ImageDataset(
            _shape,
            _pixels.AsMemory(first * _shape.ValueCount, count * _shape.ValueCount),
            _files.AsSpan(first, count).ToArray().Select(file => file.Label).ToArray(),
            layout.ClassNames,
            layout.Root);
    }

    /// <summary>Closes the gaps that broken images and planes of gray ones leave, in place.</summary>
    private static void Compact(byte[] pixels, ImageShape from, ImageShape to, int[] whole)
    {
        if (from == to && whole.Length * (long)from.ValueCount == pixels.Length) return;
        for (var position = 0; position < whole.Length; position++)
        {
            pixels.AsSpan(whole[position] * from.ValueCount, to.ValueCount).CopyTo(pixels.AsSpan(position * to.ValueCount));
        }
    }
}
