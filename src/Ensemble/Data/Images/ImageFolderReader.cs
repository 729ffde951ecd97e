namespace Ensemble.Data.Images;

/// <summary>
/// Reads a folder of images, a folder for each class, into memory: uint8 [N, C, H, W], three channels unless every image
/// is gray. Class names are the folders' names in ordinal order.
/// </summary>
/// <remarks>
/// Splits are the folders <c>train</c> (or <c>training</c>), <c>test</c> (<c>testing</c>) and <c>val</c>
/// (<c>valid</c>, <c>validation</c>), in whatever case, where there are such; a <c>val</c> without a <c>test</c> is the
/// test split. A folder without a test split gives <see cref="ImageFolderOptions.TestFraction"/> of each class to one,
/// drawn by the request's seed. Alpha is left out. Files that cannot be read, those of formats that are not read (WebP,
/// TIFF, HEIC and the like) among them, are never passed over in silence.
/// </remarks>
public sealed class ImageFolderReader : IDatasetPathReader
{
    private readonly ImageFolderOptions _options;
    private readonly IProgress<ImageFolderReport>? _reports;

    /// <param name="options">How to read, or null for the defaults.</param>
    /// <param name="reports">Told what was found by every <see cref="Load"/>, or null.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public ImageFolderReader(ImageFolderOptions? options = null, IProgress<ImageFolderReport>? reports = null)
    {
        _options = options ?? new ImageFolderOptions();
        _options.Validate();
        _reports = reports;
    }

    /// <inheritdoc/>
    public string Reads => "a folder with a folder of images for each class";

    /// <inheritdoc/>
    public IReadOnlyList<string> Options =>
        [nameof(ReadingOptions.SizePixels), nameof(ReadingOptions.BrokenImages), nameof(ReadingOptions.TestShare)];

    /// <inheritdoc/>
    public bool Recognises(string path) => ImageFolderLayout.Recognises(path);

    /// <inheritdoc/>
    public DatasetSplits Load(string path, DatasetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = request.Reading;
        var reader = new ImageFolderReader(_options with
        {
            SizePixels = asked.SizePixels ?? _options.SizePixels,
            BrokenImages = asked.BrokenImages ?? _options.BrokenImages,
            TestFraction = asked.TestShare ?? _options.TestFraction,
        });
        var result = reader.Read(path, request.Seed, request.CancellationToken);
        _reports?.Report(result.Report);
        return result.Splits;
    }

    /// <summary>Reads a folder.</summary>
    /// <param name="path">The folder, or one that holds nothing else.</param>
    /// <param name="seed">The seed that a test split is drawn by where there is none.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The data set and what was found.</returns>
    /// <exception cref="DataFaultException">There are no class folders, or one alone; a class is empty; an image cannot
    /// be read, and broken ones are not to be skipped; the images do not fit into memory.</exception>
    /// <exception cref="MachineFaultException">The machine lacks the library that decodes images.</exception>
    public ImageFolderResult Read(string path, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var layout = ImageFolderLayout.Scan(path);
        ImageFileDecoder.RequireLibrary();
        var broken = new string?[layout.Files.Count];
        var (width, height, sizeRule) = ChooseSize(layout, broken, cancellationToken);
        var decoded = DecodedImages.Read(layout, width, height, broken, _options, cancellationToken);
        decoded.RequireEveryClass(layout, broken);
        var (splits, splitRule) = Split(layout, decoded, path, seed);
        return new ImageFolderResult
        {
            Splits = splits,
            Report = new ImageFolderReport
            {
                Folder = layout.Root,
                SplitRule = splitRule,
                SizeRule = sizeRule,
                ImageCount = decoded.Count,
                GrayCount = decoded.GrayCount,
                TurnedCount = decoded.TurnedCount,
                ResizedCount = decoded.ResizedCount,
                HiddenCount = layout.HiddenCount,
                IgnoredCount = layout.IgnoredCount,
                Skipped = [.. layout.Files.Zip(broken)
                    .Where(pair => pair.Second is not null)
                    .Select(pair => new BrokenImage { Path = pair.First.Path, Reason = pair.Second! })],
            },
        };
    }

    private (int Width, int Height, string Reason) ChooseSize(ImageFolderLayout layout, string?[] broken, CancellationToken cancellationToken)
    {
        if (_options.SizePixels is { } side) return (side, side, $"{side}x{side}, as asked for");
        var sizes = new (int Width, int Height)[layout.Files.Count];
        ForEachFile.Run(layout, broken, _options, Identify, cancellationToken);
        var known = sizes.Where((_, index) => broken[index] is null).ToArray();
        return known.Length > 0
            ? ImageSizeRule.Choose(known)
            : throw new DataFaultException(layout.Root, "images", $"{sizes.Length} files that cannot be read", "check that they are whole");

        string? Identify(int index)
        {
            var reason = ImageFileDecoder.Identify(layout.Files[index].Path, out var header);
            sizes[index] = (header.Width, header.Height);
            return reason;
        }
    }

    private (DatasetSplits Splits, string Rule) Split(ImageFolderLayout layout, DecodedImages decoded, string path, ulong seed)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        name = name.Length > 0 ? name : "images";
        if (layout.Files.Any(file => file.Split == ImageSplit.Test))
        {
            var hasValidation = layout.Files.Any(file => file.Split == ImageSplit.Validation);
            var splits = new DatasetSplits(
                name,
                decoded.Take(ImageSplit.Train, layout),
                decoded.Take(ImageSplit.Test, layout),
                hasValidation ? decoded.Take(ImageSplit.Validation, layout) : null);
            return (splits, $"the folders {string.Join(", ", layout.SplitFolders)}");
        }

        var (kept, held) = CarveTest(decoded.Take(ImageSplit.Train, layout), seed);
        return (
            new DatasetSplits(name, kept, held) { IsTestDrawn = true },
            $"no test folder: {_options.TestFraction:0.###} of each class, drawn by seed {seed}");
    }

    private (ImageDataset Kept, ImageDataset Held) CarveTest(ImageDataset all, ulong seed)
    {
        var wanted = Math.Max(1, (int)Math.Round(all.Count * _options.TestFraction));
        var most = StratifiedSplit.MaximumHeldCount(all);
        if (wanted > most)
        {
            throw new DataFaultException(
                all.Source, $"at least {wanted} images to spare for testing", $"{most}, one of each class being kept",
                "add images, or a folder test beside a folder train");
        }

        var split = StratifiedSplit.Create(all.Labels.Span, all.ClassCount, wanted, seed);
        return (all.Subset(split.KeptIndices.Span), all.Subset(split.HeldIndices.Span));
    }
}
