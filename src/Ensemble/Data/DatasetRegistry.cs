using Ensemble.Data.Images;

namespace Ensemble.Data;

/// <summary>The data sets that are known by name, and the readers of those that a person names by a path.</summary>
public sealed class DatasetRegistry
{
    private readonly SortedDictionary<string, IDatasetProvider> _providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IDatasetPathReader> _pathReaders = [];

    /// <summary>The names, in alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. _providers.Keys];

    /// <summary>The providers, in alphabetical order of their names.</summary>
    public IReadOnlyList<IDatasetProvider> Providers => [.. _providers.Values];

    /// <summary>The readers of paths, in the order in which they are asked.</summary>
    public IReadOnlyList<IDatasetPathReader> PathReaders => _pathReaders;

    /// <summary>Makes a registry of all that this library knows.</summary>
    /// <param name="imageFolderReader">The reader of image folders, or null for one with its defaults.</param>
    /// <returns>A registry of its own; adding to it changes no other.</returns>
    public static DatasetRegistry CreateDefault(ImageFolderReader? imageFolderReader = null) => new DatasetRegistry()
        .Add(new ShapesProvider())
        .Add(new MnistProvider())
        .Add(new CifarProvider(CifarFormat.Cifar10))
        .Add(new CifarProvider(CifarFormat.Cifar100))
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
            : throw new UnknownNameException("data set", name, Names);
    }

    /// <summary>
    /// Finds a data set, reads or draws it, and carves its validation images off, unless it brings its own. A name goes
    /// before a path that is spelled alike: write <c>./mnist</c> for a folder of that name.
    /// </summary>
    /// <param name="nameOrPath">Its name, in whatever case, or the path of a folder or file.</param>
    /// <param name="request">What is asked of it.</param>
    /// <returns>The splits.</returns>
    /// <exception cref="UnknownNameException">There is neither a data set nor a path of that name.</exception>
    /// <exception cref="DataFaultException">
    /// A directory is needed and none was given, the data are missing or damaged, no reader knows what the path holds,
    /// or there are too few training images to carve the validation images off.
    /// </exception>
    /// <exception cref="ArgumentException">The request is out of range.</exception>
    public DatasetSplits Load(string nameOrPath, DatasetRequest request)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var splits = !_providers.ContainsKey(nameOrPath) && LooksLikePath(nameOrPath)
            ? FindPathReader(nameOrPath).Load(nameOrPath, request)
            : LoadByName(nameOrPath, request);
        return request.ValidationCount == 0 || splits.Validation is not null ? splits : Carve(splits, request);
    }

    private static bool LooksLikePath(string nameOrPath) =>
        Path.Exists(nameOrPath) || nameOrPath.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);

    private IDatasetPathReader FindPathReader(string path)
    {
        if (!Path.Exists(path))
        {
            throw new DataFaultException(
                path, "a folder or file of data", "nothing", $"check the path, or name a data set: {string.Join(", ", Names)}");
        }

        return _pathReaders.FirstOrDefault(reader => reader.Recognises(path)) ?? throw new DataFaultException(
            path,
            "data that can be read, such as a folder with a folder of images for each class",
            Directory.Exists(path) ? "a folder without any" : "a file of another kind",
            "check the path");
    }

    private DatasetSplits LoadByName(string name, DatasetRequest request)
    {
        var provider = Find(name);
        return !provider.NeedsDirectory || !string.IsNullOrWhiteSpace(request.Directory)
            ? provider.Load(request)
            : throw new DataFaultException(
                provider.Name, "a directory that holds its files", "none named", "name the directory of the data");
    }

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
