using TorchSharp;

namespace Ensemble.Data;

/// <summary>A whole data set on the training device, from which batches are gathered and varied as whole tensors.</summary>
public sealed class ResidentDataset : IDisposable
{
    private readonly torch.Tensor _labels;
    private readonly AugmentationOptions _augmentation;
    private readonly ViewSampler _sampler;
    private readonly ViewRenderer _renderer;

    /// <summary>Copies the data set to the device, padded by what the augmentation may move.</summary>
    /// <param name="dataset">The images; not needed afterwards.</param>
    /// <param name="normalisation">The mean and deviation, of pixels in 0 to 1, that batches are normalised with.</param>
    /// <param name="augmentation">How training views vary.</param>
    /// <param name="device">Where the tensors lie.</param>
    public ResidentDataset(ImageDataset dataset, ChannelStatistics normalisation, AugmentationOptions augmentation, torch.Device device)
    {
        augmentation.Validate();
        if (normalisation.Mean.Count != dataset.Shape.Channels)
        {
            throw new ArgumentException($"has {normalisation.Mean.Count} channels, the images {dataset.Shape.Channels}", nameof(normalisation));
        }

        Shape = dataset.Shape;
        Count = dataset.Count;
        Device = device;
        _augmentation = augmentation;
        _sampler = new ViewSampler(augmentation, Shape, Count);
        _renderer = new ViewRenderer(dataset, normalisation, augmentation, device);
        using var scope = torch.NewDisposeScope();
        _labels = torch.tensor(dataset.Labels.ToArray(), torch.ScalarType.Int64, device).DetachFromDisposeScope();
    }

    /// <summary>The images' shape.</summary>
    public ImageShape Shape { get; }

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>Where the tensors lie.</summary>
    public torch.Device Device { get; }

    /// <summary>The images as they are.</summary>
    /// <param name="indices">Which samples, in this order.</param>
    /// <returns>A batch that the caller disposes.</returns>
    public Batch Gather(ReadOnlySpan<int> indices)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var views = new ViewParameters[indices.Length];
        Array.Fill(views, _sampler.Plain);
        var images = _renderer.Render(indices, views, isVaried: false);
        return new Batch(images.DetachFromDisposeScope(), Labels(indices).DetachFromDisposeScope(), indices.ToArray(), null);
    }

    /// <summary>The view of each image that (seed, view, sample) gives, whatever else is in the batch.</summary>
    /// <param name="indices">Which samples, in this order.</param>
    /// <param name="seed">The seed of the views.</param>
    /// <param name="view">Which view, from 0; the epoch, where every epoch has its own.</param>
    /// <returns>A batch that the caller disposes; its rows are mixed where the augmentation says so.</returns>
    public Batch GatherViews(ReadOnlySpan<int> indices, ulong seed, int view)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(view);
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var images = Views(indices, seed, view);
        var labels = Labels(indices).DetachFromDisposeScope();
        if (_augmentation.MixupAlpha == 0)
        {
            return new Batch(images.DetachFromDisposeScope(), labels, indices.ToArray(), view);
        }

        var (partners, weights) = _sampler.DrawMix(seed, view, indices);
        var mixWeights = torch.tensor(weights, device: Device);
        Mix(images, Views(partners, seed, view), mixWeights.view(-1, 1, 1, 1));
        return new Batch(images.DetachFromDisposeScope(), labels, indices.ToArray(), view)
        {
            MixLabels = Labels(partners).DetachFromDisposeScope(),
            MixWeights = mixWeights.DetachFromDisposeScope(),
            MixIndices = partners,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _renderer.Dispose();
        _labels.Dispose();
    }

    private torch.Tensor Views(ReadOnlySpan<int> indices, ulong seed, int view) =>
        _renderer.Render(indices, _sampler.Draw(seed, view, indices), isVaried: true);

    // (1 - w) image + w partner: a multiplication and a sum, which every machine rounds alike, and not one fused operation.
    private static void Mix(torch.Tensor images, torch.Tensor partners, torch.Tensor weights) =>
        images.mul_(1 - weights).add_(partners.mul_(weights));

    private torch.Tensor Labels(ReadOnlySpan<int> indices) => _labels.index_select(
        0, torch.tensor(Array.ConvertAll(indices.ToArray(), index => (long)index), device: Device));
}
