using Ensemble.Data.Catalog;
using Ensemble.Data.Formats;
using Ensemble.Data.Images;

namespace Ensemble.Data;

/// <summary>The data sets that are known by name, and the readers of those that a person names by a path.</summary>
public sealed class DatasetRegistry
{
    private readonly SortedDictionary<string, IDatasetProvider> _providers = new(StringComparer.OrdinalIgnoreCase);
    private const string NoPath = "a folder or file of that name";

    private readonly List<IDatasetPathReader> _pathReaders = [];

    // As a person types them.
    private static readonly Dictionary<string, string> s_flags = new()
    {
        [nameof(ReadingOptions.BrokenImages)] = "--broken",
        [nameof(ReadingOptions.TestShare)] = "--test-share",
    };

    /// <summary>Where downloaded data sets lie, unless a request says otherwise: below the current directory.</summary>
    public const string DefaultDataFolder = "data";

    /// <summary>The names of the providers, in alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. _providers.Keys];

    /// <summary>The names of the providers and of what the catalogue has, in alphabetical order.</summary>
    public IReadOnlyList<string> KnownNames =>
        [.. Names.Concat(Catalogued.Select(entry => entry.Name)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The providers, in alphabetical order of their names.</summary>
    public IReadOnlyList<IDatasetProvider> Providers => [.. _providers.Values];

    /// <summary>The readers of paths, in the order in which they are asked.</summary>
    public IReadOnlyList<IDatasetPathReader> PathReaders => _pathReaders;

    /// <summary>What can be downloaded and then loaded by name; null for nothing.</summary>
    public DatasetCatalog? Catalog { get; init; }

    private IReadOnlyList<CatalogEntry> Catalogued => Catalog?.Entries ?? [];

    /// <summary>Makes a registry of all that this library knows.</summary>
    /// <param name="imageFolderReader">The reader of image folders, or null for one with its defaults.</param>
    /// <param name="catalog">What can be downloaded, or null for the library's own.</param>
    /// <returns>A registry of its own; adding to it changes no other.</returns>
    public static DatasetRegistry CreateDefault(ImageFolderReader? imageFolderReader = null, DatasetCatalog? catalog = null) =>
        new DatasetRegistry { Catalog = catalog ?? DatasetCatalog.Load() }
            .Add(new ShapesProvider())
            .Add(new MnistProvider())
            .Add(new CifarProvider(CifarFormat.Cifar10))
            .Add(new CifarProvider(CifarFormat.Cifar100))
            // What is told by its own file names goes first; any folder of folders may be one of images.
            .Add(new PackedPathReader())
            .Add(new NpzPathReader())
            .Add(new IdxFolderPathReader())
            .Add(new CifarFolderPathReader())
            .Add(new Stl10FolderPathReader())
            .Add(new SvhnFolderPathReader())
            .Add(imageFolderReader ?? new ImageFolderReader());

    /// <summary>Adds a data set.</summary>
    /// <param name="provider">The data set; its name is not taken.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, in whatever case.</exception>
    public DatasetRegistry Add(IDatasetProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (!_providers.TryAdd(provider.Name, provider))
        {
            throw new ArgumentException($"data set '{provider.Name}' is there already", nameof(provider));
        }

        return this;
    }

    /// <summary>Adds a reader of paths, to be asked after those that are there: what recognises least comes
    /// last.</summary>
    /// <param name="pathReader">The reader.</param>
    /// <returns>This registry.</returns>
    public DatasetRegistry Add(IDatasetPathReader pathReader)
    {
        ArgumentNullException.ThrowIfNull(pathReader);
        _pathReaders.Add(pathReader);
        return this;
    }

    /// <summary>Finds a data set.</summary>
    /// <param name="name">Its name, in whatever case.</param>
    /// <returns>The provider.</returns>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    public IDatasetProvider Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _providers.TryGetValue(name, out var provider)
            ? provider
            : throw new UnknownNameException("data set", name, KnownNames, NoPath);
    }

    /// <summary>The name that a data set goes by: as registered or catalogued, or a path's last part.</summary>
    /// <param name="nameOrPath">A name, in whatever case, or a path.</param>
    /// <returns>The name; not empty.</returns>
    /// <exception cref="UnknownNameException">There is neither a data set nor a path of that name.</exception>
    public string NameOf(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        return IsPath(nameOrPath)
            ? FolderName.Of(Directory.Exists(nameOrPath) ? nameOrPath : Path.ChangeExtension(nameOrPath, null))
            : FindCatalogued(nameOrPath)?.Name ?? Find(nameOrPath).Name;
    }

    /// <summary>Whether <see cref="Load"/> would take this for a path: no data set has it as its name, and it is there
    /// or is written like a path.</summary>
    /// <param name="nameOrPath">What a person named.</param>
    public bool IsPath(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        return !_providers.ContainsKey(nameOrPath) && FindCatalogued(nameOrPath) is null && LooksLikePath(nameOrPath);
    }

    /// <summary>Whether a catalogued data set was downloaded.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="dataFolder">The folder that data sets are downloaded to.</param>
    public static bool IsHere(CatalogEntry entry, string dataFolder = DefaultDataFolder)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return CatalogReader.IsHere(entry, dataFolder);
    }

    /// <summary>Whether a folder holds a catalogued data set's files themselves, not as a download but as a person may
    /// have put them there.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder.</param>
    public static bool HoldsFiles(CatalogEntry entry, string folder)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return CatalogReader.HoldsFiles(entry, folder);
    }

    /// <summary>
    /// Finds out, without reading the data, whether <see cref="Load"/> can begin: the name is known, the files are
    /// there, a reader takes them and has a use for all that is asked.
    /// </summary>
    /// <param name="nameOrPath">A name, in whatever case, or a path.</param>
    /// <param name="request">What is asked of it.</param>
    /// <exception cref="EnsembleException">As <see cref="Load"/>.</exception>
    /// <exception cref="ArgumentException">The request is out of range.</exception>
    public void Require(string nameOrPath, DatasetRequest request) => Resolve(nameOrPath, request);

    /// <summary>
    /// Finds a data set, reads or draws it, resizes it where that is asked, and carves its validation images off, unless
    /// it brings its own. Names, of
    /// the providers first and then of the catalogue, go before a path that is spelled alike: write <c>./mnist</c> for a
    /// folder of that name. A catalogued data set is looked for where <c>data download</c> puts it: NAME below the
    /// request's folder, or below <see cref="DefaultDataFolder"/>; a request's folder may also be that of the files
    /// themselves.
    /// </summary>
    /// <param name="nameOrPath">Its name, in whatever case, or the path of a folder or file.</param>
    /// <param name="request">What is asked of it.</param>
    /// <returns>The splits.</returns>
    /// <exception cref="UnknownNameException">There is neither a data set nor a path of that name.</exception>
    /// <exception cref="DataFaultException">
    /// The data set was not downloaded, the data are missing or damaged, no reader knows what the path holds, the reader
    /// has no use for something that is asked, or there are too few training images to carve the validation images off.
    /// </exception>
    /// <exception cref="ArgumentException">The request is out of range.</exception>
    /// <exception cref="OperationCanceledException">The request's token was cancelled.</exception>
    public DatasetSplits Load(string nameOrPath, DatasetRequest request)
    {
        var splits = Resize(Resolve(nameOrPath, request)(), request);
        if (request.Reading.TestShare is not null && !splits.IsTestDrawn)
        {
            throw new DataFaultException(nameOrPath, "data without a test split, for a share of the images to become one (--test-share)", $"a test split of {splits.Test.Count} images", "leave it out");
        }

        return request.ValidationCount == 0 || splits.Validation is not null ? splits : Carve(splits, request);
    }

    private Func<DatasetSplits> Resolve(string nameOrPath, DatasetRequest request)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (IsPath(nameOrPath))
        {
            var reader = FindPathReader(nameOrPath);
            RequireUse(nameOrPath, reader.Reads, reader.Options, request);
            return () => reader.Load(nameOrPath, request);
        }

        var entry = FindCatalogued(nameOrPath);
        if (_providers.TryGetValue(nameOrPath, out var provider))
        {
            RequireUse(provider.Name, "a data set with a reader of its own", [], request);
            var located = provider.NeedsDirectory ? request with { Directory = FindFolder(provider.Name, entry, request) } : request;
            return () => provider.Load(located);
        }

        if (entry is null)
        {
            throw new UnknownNameException("data set", nameOrPath, KnownNames, NoPath);
        }

        RequireUse(entry.Name, $"files of the layout {entry.Layout}", CatalogReader.Options(entry), request);
        var folder = FindFolder(entry.Name, entry, request);
        return () => CatalogReader.Load(entry, folder, request, _pathReaders.OfType<ImageFolderReader>().FirstOrDefault());
    }

    private CatalogEntry? FindCatalogued(string name) =>
        Catalogued.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));

    private static bool LooksLikePath(string nameOrPath) =>
        Path.Exists(nameOrPath) || nameOrPath.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);

    private IDatasetPathReader FindPathReader(string path)
    {
        if (!Path.Exists(path))
        {
            throw new DataFaultException(
                path, "a folder or file of data", "nothing", $"check the path, or name a data set: {string.Join(", ", KnownNames)}");
        }

        return _pathReaders.FirstOrDefault(reader => reader.Recognises(path)) ?? throw new DataFaultException(
            path,
            string.Join(", or ", _pathReaders.Select(reader => reader.Reads)),
            Directory.Exists(path) ? "a folder without any" : "a file of another kind",
            "check the path");
    }

    /// <summary>The folder where a reader begins: of the download, or the one that was named.</summary>
    private static string FindFolder(string name, CatalogEntry? entry, DatasetRequest request)
    {
        var named = string.IsNullOrWhiteSpace(request.Directory) ? null : request.Directory;
        var dataFolder = named ?? DefaultDataFolder;
        if (entry is not null && CatalogReader.IsHere(entry, dataFolder))
        {
            return entry.ReaderFolder(dataFolder);
        }

        return named ?? throw new DataFaultException(
            name,
            $"its files in {Path.Combine(DefaultDataFolder, name)}, or a directory that holds them",
            "neither",
            entry is null
                ? "name the directory of the data"
                : $"download it (./ensemble data download {name}), or name the directory of the data (--data-dir)");
    }

    private static void RequireUse(string source, string what, IReadOnlyList<string> options, DatasetRequest request)
    {
        // Whatever was read can be resized afterwards.
        var useless = request.Reading.Asked.Except(options).Except([nameof(ReadingOptions.SizePixels)]).ToArray();
        if (useless.Length > 0)
        {
            throw new DataFaultException(
                source, $"data that take {string.Join(" and ", useless.Select(name => s_flags[name]))}, such as a folder of images", what,
                "leave it out");
        }
    }

    // A folder of images has the size already: its reader decodes to it.
    private static DatasetSplits Resize(DatasetSplits splits, DatasetRequest request) =>
        request.Reading.SizePixels is { } side ? DatasetResizer.Resize(splits, side, request.CancellationToken) : splits;

    private static DatasetSplits Carve(DatasetSplits splits, DatasetRequest request)
    {
        var most = StratifiedSplit.MaximumHeldCount(splits.Train);
        return request.ValidationCount <= most
            ? splits.CarveValidation(request.ValidationCount, request.Seed)
            : throw new DataFaultException(
                splits.Train.Source,
                $"at least {request.ValidationCount} training images to spare for validation",
                $"{most}, one of each class being kept",
                "ask for fewer validation images");
    }
}
