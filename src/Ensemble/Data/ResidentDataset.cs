using TorchSharp;

namespace Ensemble.Data;

/// <summary>A whole data set on the training device, from which batches are gathered and varied as whole tensors.</summary>
public sealed class ResidentDataset : IDisposable
{
    private readonly torch.Tensor _pixels;
    private readonly torch.Tensor _labels;
    private readonly torch.Tensor _scale;
    private readonly torch.Tensor _offset;
    private readonly AugmentationOptions _augmentation;

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
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        _pixels = Pad(dataset, augmentation.ShiftPixels).to(device).DetachFromDisposeScope();
        _labels = torch.tensor(dataset.Labels.ToArray(), torch.ScalarType.Int64, device).DetachFromDisposeScope();
        _scale = PerChannel(normalisation.StandardDeviation.Select(deviation => 1 / (255 * Math.Max(deviation, 1e-6))));
        _offset = PerChannel(normalisation.Mean.Zip(normalisation.StandardDeviation, (mean, deviation) => -mean / Math.Max(deviation, 1e-6)));
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
        var views = new View[indices.Length];
        Array.Fill(views, new View(_augmentation.ShiftPixels, _augmentation.ShiftPixels, false));
        return Gather(indices, views, null);
    }

    /// <summary>The view of each image that (seed, view, sample) gives, whatever else is in the batch.</summary>
    /// <param name="indices">Which samples, in this order.</param>
    /// <param name="seed">The seed of the views.</param>
    /// <param name="view">Which view, from 0; the epoch, where every epoch has its own.</param>
    /// <returns>A batch that the caller disposes.</returns>
    public Batch GatherViews(ReadOnlySpan<int> indices, ulong seed, int view)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(view);
        var views = new View[indices.Length];
        for (var row = 0; row < views.Length; row++)
        {
            views[row] = DrawView(seed, view, indices[row]);
        }

        return Gather(indices, views, view);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pixels.Dispose();
        _labels.Dispose();
        _scale.Dispose();
        _offset.Dispose();
    }

    // [N, H + 2p, W + 2p, C]: the channels of a pixel side by side, so that a gathered batch is channels last already.
    private static torch.Tensor Pad(ImageDataset dataset, int padding)
    {
        var shape = dataset.Shape;
        var pixels = torch.tensor(dataset.Pixels.ToArray(), [dataset.Count, shape.Channels, shape.Height, shape.Width]);
        var channelsLast = pixels.permute(0, 2, 3, 1).contiguous();
        return padding == 0 ? channelsLast : torch.nn.functional.pad(channelsLast, [0, 0, padding, padding, padding, padding]);
    }

    private View DrawView(ulong seed, int view, int sample)
    {
        if (_augmentation is { ShiftPixels: 0, HorizontalFlip: false })
        {
            return default;
        }

        var stream = new RandomStream(seed, "data/augmentation", (ulong)view, (ulong)sample);
        var span = (2 * _augmentation.ShiftPixels) + 1;
        var (down, across) = (stream.NextInt(span), stream.NextInt(span));
        return new View(down, across, _augmentation.HorizontalFlip && stream.NextInt(2) == 1);
    }

    private Batch Gather(ReadOnlySpan<int> indices, ReadOnlySpan<View> views, int? number)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var samples = torch.tensor(Array.ConvertAll(indices.ToArray(), index => (long)index), device: Device);
        var (rows, columns) = Positions(views);
        var pixels = _pixels[samples.view(-1, 1, 1), rows.unsqueeze(2), columns.unsqueeze(1)];
        var images = pixels.to(torch.ScalarType.Float32).mul_(_scale).add_(_offset).permute(0, 3, 1, 2);
        var labels = _labels.index_select(0, samples);
        return new Batch(images.DetachFromDisposeScope(), labels.DetachFromDisposeScope(), indices.ToArray(), number);
    }

    // [B, H] and [B, W]: where in the padded images each row and column of each view comes from.
    private (torch.Tensor Rows, torch.Tensor Columns) Positions(ReadOnlySpan<View> views)
    {
        var rows = new long[views.Length * Shape.Height];
        var columns = new long[views.Length * Shape.Width];
        for (var sample = 0; sample < views.Length; sample++)
        {
            var view = views[sample];
            for (var y = 0; y < Shape.Height; y++)
            {
                rows[(sample * Shape.Height) + y] = view.Down + y;
            }

            for (var x = 0; x < Shape.Width; x++)
            {
                columns[(sample * Shape.Width) + x] = view.Across + (view.Mirrored ? Shape.Width - 1 - x : x);
            }
        }

        return (torch.tensor(rows, [views.Length, Shape.Height], device: Device), torch.tensor(columns, [views.Length, Shape.Width], device: Device));
    }

    private torch.Tensor PerChannel(IEnumerable<double> values) =>
        torch.tensor(values.Select(value => (float)value).ToArray(), device: Device).DetachFromDisposeScope();

    private readonly record struct View(int Down, int Across, bool Mirrored);
}
