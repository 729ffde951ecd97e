namespace Ensemble.Data.Formats;

/// <summary>
/// Data sets in NumPy's .npz files. Three layouts are known by the names of their arrays: MedMNIST's
/// (<c>train_images, train_labels</c>, and so for <c>val</c> and <c>test</c>; https://medmnist.com), Keras's
/// (<c>x_train, y_train</c>, and so for <c>val</c> and <c>test</c>), and the plain one (<c>images, labels</c>).
/// </summary>
/// <remarks>
/// Images are uint8: [N, H, W], [N, H, W, 1], [N, H, W, 3], or, where the last size is neither 1 nor 3,
/// [N, 1, H, W] or [N, 3, H, W]. Labels are integers from 0, [N] or [N, 1]; there are as many classes as the largest
/// label of any part says, named by their numbers.
/// </remarks>
public static class NpzDataset
{
    /// <summary>The share of the images that becomes the test split where a file has none: 1/6, MNIST's and CIFAR's
    /// own.</summary>
    public const double DefaultTestShare = 1.0 / 6;

    /// <summary>More classes than this are taken for a mistake: the labels will be something else.</summary>
    public const int MaximumClasses = 65_536;

    private static readonly (string Images, string Labels)[] Patterns =
        [("{0}_images", "{0}_labels"), ("x_{0}", "y_{0}")];

    /// <summary>Reads a data set. Without a test part, one is carved off the training images, stratified by
    /// class.</summary>
    /// <param name="path">The .npz file; the data set is called after it.</param>
    /// <param name="seed">The seed that test images are chosen by where the file has no test part.</param>
    /// <param name="testShare">The share of the images that becomes the test split then; above 0, below 1.</param>
    /// <returns>The splits; <c>val</c> becomes the validation split.</returns>
    /// <exception cref="DataFaultException">
    /// The file is missing or damaged, holds no layout that is known, images that are not uint8 or of several shapes,
    /// labels that are no class indices or more than one to an image, or too few images to carve from.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="testShare"/> is out of range.</exception>
    public static DatasetSplits Load(string path, ulong seed = 1, double testShare = DefaultTestShare)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!(testShare is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testShare), testShare, "must be above 0 and below 1");
        }

        using var reader = NpzReader.Open(path);
        var train = FindTrain(reader);
        var parts = new[] { train, Sibling(reader, train, "val"), Sibling(reader, train, "test") }
            .Select(names => names is null ? null : NpzPart.Read(reader, names.Images, names.Labels))
            .ToArray();
        RequireOneShape(reader, parts);
        var names = ClassNames(parts);
        var (training, validation, test) =
            (parts[0]!.ToDataset(names, path), parts[1]?.ToDataset(names, path), parts[2]?.ToDataset(names, path));
        var name = Path.GetFileNameWithoutExtension(path);
        return test is null
            ? CarveTest(name, training, validation, seed, testShare)
            : new DatasetSplits(name, training, test, validation);
    }

    private static PartNames FindTrain(NpzReader reader)
    {
        PartNames[] known = [.. Patterns.Select((_, pattern) => PartNames.Of(pattern, "train")), new("images", "labels", null)];
        return known.FirstOrDefault(names => reader.Holds(names.Images) && reader.Holds(names.Labels))
            ?? throw Fault(
                reader,
                $"arrays {string.Join(", or ", known.Select(names => $"{names.Images} and {names.Labels}"))}",
                reader.Names.Count == 0 ? "no arrays" : $"only {string.Join(", ", reader.Names)}");
    }

    private static PartNames? Sibling(NpzReader reader, PartNames train, string part)
    {
        if (train.Pattern is not { } pattern)
        {
            return null;
        }

        var names = PartNames.Of(pattern, part);
        return (reader.Holds(names.Images), reader.Holds(names.Labels)) switch
        {
            (true, true) => names,
            (false, false) => null,
            (true, false) => throw Fault(reader, $"an array {names.Labels} beside {names.Images}", "none"),
            _ => throw Fault(reader, $"an array {names.Images} beside {names.Labels}", "none"),
        };
    }

    private static void RequireOneShape(NpzReader reader, NpzPart?[] parts)
    {
        var train = parts[0]!;
        foreach (var part in parts)
        {
            if (part is not null && part.Shape != train.Shape)
            {
                throw Fault(
                    reader, $"images of {train.Shape} in {part.ImagesName}, as in {train.ImagesName}", $"{part.Shape}");
            }
        }
    }

    private static string[] ClassNames(NpzPart?[] parts)
    {
        var largest = parts.Max(part => part?.LargestLabel ?? 0);
        return [.. Enumerable.Range(0, largest + 1).Select(label => $"{label}")];
    }

    private static DatasetSplits CarveTest(
        string name, ImageDataset images, ImageDataset? validation, ulong seed, double testShare)
    {
        var most = StratifiedSplit.MaximumHeldCount(images);
        if (most == 0)
        {
            throw new DataFaultException(
                images.Source,
                "a test part, or at least two images of some class to carve one from",
                $"{images.Count} images of {images.ClassCount} classes",
                "add images, or arrays of test images and labels");
        }

        var count = Math.Clamp((int)Math.Round(images.Count * testShare), 1, most);
        var split = StratifiedSplit.Create(images.Labels.Span, images.ClassCount, count, seed);
        return new DatasetSplits(
            name, images.Subset(split.KeptIndices.Span), images.Subset(split.HeldIndices.Span), validation) { IsTestDrawn = true };
    }

    private static DataFaultException Fault(NpzReader reader, string expected, string found) => new(
        reader.Path, expected, found, "save the arrays under these names with numpy.savez, images as uint8");

    private sealed record PartNames(string Images, string Labels, int? Pattern)
    {
        public static PartNames Of(int pattern, string part) => new(
            Patterns[pattern].Images.Replace("{0}", part, StringComparison.Ordinal),
            Patterns[pattern].Labels.Replace("{0}", part, StringComparison.Ordinal),
            pattern);
    }
}
