using System.Runtime.CompilerServices;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Images on the device, made when first asked for; the oldest give way.</summary>
/// <param name="normalisation">How they are normalised.</param>
/// <param name="device">Where they are.</param>
internal sealed class ResidentImages(ChannelStatistics normalisation, torch.Device device) : IDisposable
{
    // A training set as it varies and as it is, and the splits that it is measured on.
    private const int Capacity = 5;

    private readonly List<(ImageDataset Images, AugmentationOptions Augmentation, ResidentDataset Resident)> _kept = [];
    private readonly ConditionalWeakTable<ImageDataset, ChannelStatistics> _statistics = [];

    /// <summary>The images; this owns them.</summary>
    public ResidentDataset Of(ImageDataset images, AugmentationOptions augmentation)
    {
        var place = _kept.FindIndex(kept => ReferenceEquals(kept.Images, images) && kept.Augmentation == augmentation);
        var found = place >= 0 ? _kept[place] : (images, augmentation, new ResidentDataset(images, normalisation, augmentation, device));
        if (place >= 0)
        {
            _kept.RemoveAt(place);
        }

        _kept.Add(found);
        while (_kept.Count > Capacity)
        {
            _kept[0].Resident.Dispose();
            _kept.RemoveAt(0);
        }

        return found.Item3;
    }

    /// <summary>The images' own mean and deviation, measured once.</summary>
    public ChannelStatistics StatisticsOf(ImageDataset images) => _statistics.GetValue(images, ChannelStatistics.Measure);

    /// <inheritdoc/>
    public void Dispose() => _kept.ForEach(kept => kept.Resident.Dispose());
}
