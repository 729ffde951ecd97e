using System.Buffers;
using TorchSharp;

namespace Ensemble.Data;

/// <summary>
/// Makes views of images that lie on the device, as whole tensors: crop and mirror in one gather, then colour,
/// normalisation, cutout. No value of a view depends, in any bit, on what else is in the batch: operations go element by
/// element, and the one sum over an image is of integers, exact in whatever order.
/// </summary>
internal sealed class ViewRenderer : IDisposable
{
    private readonly AugmentationOptions _options;
    private readonly ImageShape _shape;
    private readonly torch.Device _device;
    private readonly torch.Tensor _pixels;
    private readonly torch.Tensor _scale;
    private readonly torch.Tensor _offset;
    private readonly torch.Tensor _numbers;
    private readonly ColourJitter _jitter;

    /// <summary>Copies the data set to the device, padded by what the augmentation may move.</summary>
    public ViewRenderer(
        ImageDataset dataset, ChannelStatistics normalisation, AugmentationOptions options, torch.Device device)
    {
        _options = options;
        _shape = dataset.Shape;
        _device = device;
        _jitter = new ColourJitter(dataset.Shape, device);
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        _pixels = Pad(dataset, options.ShiftPixels).view(-1, dataset.Shape.Channels).to(device).DetachFromDisposeScope();
        _numbers = torch.arange(Math.Max(_shape.Height, _shape.Width), torch.ScalarType.Int64, device).DetachFromDisposeScope();
        var deviations = normalisation.StandardDeviation.Select(deviation => Math.Max(deviation, 1e-6)).ToArray();
        _scale = PerChannel(deviations.Select(deviation => 1 / (255 * deviation)));
        _offset = PerChannel(normalisation.Mean.Zip(deviations, (mean, deviation) => -mean / deviation));
    }

    /// <summary>The views of some samples, [B, C, H, W] float32, normalised, channels last.</summary>
    /// <param name="samples">Which samples, in this order.</param>
    /// <param name="views">What each view does.</param>
    /// <param name="isVaried">Whether colour and cutout are applied, as in a training view.</param>
    /// <returns>A tensor of the caller's dispose scope.</returns>
    public torch.Tensor Render(ReadOnlySpan<int> samples, ReadOnlySpan<ViewParameters> views, bool isVaried)
    {
        using var scope = torch.NewDisposeScope();
        var images = Gather(samples, views).to(torch.ScalarType.Float32);
        if (isVaried && _options.JittersColour)
        {
            _jitter.Apply(images, views, _options);
        }

        images.mul_(_scale).add_(_offset);
        if (isVaried && _options.CutoutPixels > 0)
        {
            images.masked_fill_(Cutout(views), 0);
        }

        return images.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pixels.Dispose();
        _scale.Dispose();
        _offset.Dispose();
        _numbers.Dispose();
    }

    // [N, H + 2p, W + 2p, C]: the channels of a pixel side by side, so that a gathered batch is channels last already.
    private static torch.Tensor Pad(ImageDataset dataset, int padding)
    {
        var shape = dataset.Shape;
        var pixels = torch.tensor(dataset.Pixels.ToArray(), [dataset.Count, shape.Channels, shape.Height, shape.Width]);
        var channelsLast = pixels.permute(0, 2, 3, 1).contiguous();
        return padding == 0 ? channelsLast : torch.nn.functional.pad(channelsLast, [0, 0, padding, padding, padding, padding]);
    }

    /// <summary>
    /// [B, H, W, C] uint8. A pixel's place among those of all padded images is a number of its row and one of its column
    /// added: two vectors a sample come from here, and the device does the rest in one gather of whole pixels (measured 4
    /// times as fast as indexing by sample, row and column).
    /// </summary>
    private torch.Tensor Gather(ReadOnlySpan<int> samples, ReadOnlySpan<ViewParameters> views)
    {
        var (height, width, count) = (_shape.Height, _shape.Width, samples.Length);
        var length = count * (height + width);
        var buffer = ArrayPool<long>.Shared.Rent(length);
        try
        {
            using var scope = torch.NewDisposeScope();
            FillPlaces(buffer, samples, views);
            var places = torch.tensor(buffer.AsMemory(0, length), [length], device: _device);
            var rows = places.narrow(0, 0, count * height).view(count, height, 1);
            var columns = places.narrow(0, count * height, count * width).view(count, 1, width);
            var pixels = _pixels.index_select(0, rows.add(columns).view(-1));
            return pixels.view(count, height, width, _shape.Channels).MoveToOuterDisposeScope();
        }
        finally
        {
            ArrayPool<long>.Shared.Return(buffer);
        }
    }

    private void FillPlaces(Span<long> places, ReadOnlySpan<int> samples, ReadOnlySpan<ViewParameters> views)
    {
        var (paddedHeight, paddedWidth) = (_shape.Height + (2 * _options.ShiftPixels), _shape.Width + (2 * _options.ShiftPixels));
        var next = 0;
        for (var sample = 0; sample < samples.Length; sample++)
        {
            var first = ((long)samples[sample] * paddedHeight) + views[sample].Down;
            for (var y = 0; y < _shape.Height; y++)
            {
                places[next++] = (first + y) * paddedWidth;
            }
        }

        foreach (var view in views)
        {
            var (first, step) = view.Mirrored ? (view.Across + _shape.Width - 1, -1) : (view.Across, 1);
            for (var x = 0; x < _shape.Width; x++)
            {
                places[next++] = first + (step * x);
            }
        }
    }

    // [B, H, W, 1] bool: what is blanked.
    private torch.Tensor Cutout(ReadOnlySpan<ViewParameters> views)
    {
        var rows = Inside(views, _shape.Height, view => view.CutTop);
        var columns = Inside(views, _shape.Width, view => view.CutLeft);
        return rows.view(-1, _shape.Height, 1, 1).logical_and(columns.view(-1, 1, _shape.Width, 1));
    }

    private torch.Tensor Inside(ReadOnlySpan<ViewParameters> views, int length, Func<ViewParameters, int> first)
    {
        var firsts = new long[views.Length];
        for (var row = 0; row < firsts.Length; row++)
        {
            firsts[row] = first(views[row]);
        }

        var distance = _numbers.narrow(0, 0, length) - torch.tensor(firsts, [views.Length, 1], device: _device);
        return distance.ge(0).logical_and(distance.lt(_options.CutoutPixels));
    }

    private torch.Tensor PerChannel(IEnumerable<double> values) =>
        torch.tensor(values.Select(value => (float)value).ToArray(), device: _device).DetachFromDisposeScope();
}
