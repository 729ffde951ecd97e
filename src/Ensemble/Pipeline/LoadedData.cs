using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Runs;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>A data set as it was read, on the device once for every run of a process. Owns the images there.</summary>
internal sealed class LoadedData : IDisposable
{
    private readonly Dictionary<AugmentationOptions, ResidentDataset> _train = [];
    private ResidentDataset? _test;

    private LoadedData(DatasetSplits splits, torch.Device device) =>
        (Splits, Device, Machine, Normalisation) = (splits, device, MachineInfo.Read(torch.__version__, device.ToString()), ChannelStatistics.Measure(splits.Train));

    /// <summary>The images.</summary>
    public DatasetSplits Splits { get; }

    /// <summary>Where to compute.</summary>
    public torch.Device Device { get; }

    /// <summary>The machine.</summary>
    public MachineInfo Machine { get; }

    /// <summary>Mean and deviation of the training images.</summary>
    public ChannelStatistics Normalisation { get; }

    /// <summary>Name, sizes and classes for a person, in one line.</summary>
    public string Description =>
        $"{Splits.Name}: {Splits.Train.Count} training and {Splits.Test.Count} test images of {Splits.Train.Shape}, {Splits.Train.ClassCount} classes"
        + (Splits.Validation is { } validation ? $", {validation.Count} validation images" : "");

    /// <summary>The test images on the device, as they are; this owns them.</summary>
    public ResidentDataset Test => _test ??= new ResidentDataset(Splits.Test, Normalisation, AugmentationOptions.None, Device);

    /// <summary>Reads the data of a recipe.</summary>
    /// <param name="datasets">The data sets by name.</param>
    /// <param name="recipe">The recipe, valid.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EnsembleException">The data set is unknown, missing or damaged, or there is no such device.</exception>
    public static LoadedData Read(DatasetRegistry datasets, DistillationRecipe recipe, CancellationToken cancellationToken)
    {
        var device = DeviceSelector.Resolve(recipe.Device);
        return new LoadedData(datasets.Load(recipe.Dataset, recipe.ToDatasetRequest() with { CancellationToken = cancellationToken }), device);
    }

    /// <summary>The training images on the device; this owns them.</summary>
    /// <param name="augmentation">How they vary.</param>
    public ResidentDataset Train(AugmentationOptions augmentation)
    {
        if (!_train.TryGetValue(augmentation, out var resident))
        {
            resident = new ResidentDataset(Splits.Train, Normalisation, augmentation, Device);
            _train.Add(augmentation, resident);
        }

        return resident;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _test?.Dispose();
        foreach (var resident in _train.Values)
        {
            resident.Dispose();
        }
    }
}
