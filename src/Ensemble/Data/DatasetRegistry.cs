namespace Ensemble.Data;

/// <summary>The data sets that are known by name.</summary>
public sealed class DatasetRegistry
{
    private readonly SortedDictionary<string, IDatasetProvider> _providers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names, in alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. _providers.Keys];

    /// <summary>The providers, in alphabetical order of their names.</summary>
    public IReadOnlyList<IDatasetProvider> Providers => [.. _providers.Values];

    /// <summary>Makes a registry of all that this library knows.</summary>
    /// <returns>A registry of its own; adding to it changes no other.</returns>
    public static DatasetRegistry CreateDefault() => new DatasetRegistry()
        .Add(new ShapesProvider())
        .Add(new MnistProvider())
        .Add(new CifarProvider(CifarFormat.Cifar10))
        .Add(new CifarProvider(CifarFormat.Cifar100));

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

    /// <summary>Finds a data set, reads or draws it, and carves its validation images off.</summary>
    /// <param name="name">Its name, in whatever case.</param>
    /// <param name="request">What is asked of it.</param>
    /// <returns>The splits.</returns>
    /// <exception cref="UnknownNameException">There is none of that name.</exception>
    /// <exception cref="DataFaultException">
    /// A directory is needed and none was given, the data are missing or damaged, or there are too few training images
    /// to carve the validation images off.
    /// </exception>
    /// <exception cref="ArgumentException">The request is out of range.</exception>
    public DatasetSplits Load(string name, DatasetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        var provider = Find(name);
        if (provider.NeedsDirectory && string.IsNullOrWhiteSpace(request.Directory))
        {
            throw new DataFaultException(
                provider.Name, "a directory that holds its files", "none named", "name the directory of the data");
        }

        var splits = provider.Load(request);
        return request.ValidationCount == 0 ? splits : Carve(splits, request);
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
