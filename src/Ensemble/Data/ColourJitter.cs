using TorchSharp;

namespace Ensemble.Data;

/// <summary>Varies brightness, contrast and saturation of a batch, in this order.</summary>
/// <remarks>
/// With the factors b, c and s, g(x) a pixel's grey and m the mean grey of the image (ITU-R BT.601: 0.299 red + 0.587 green +
/// 0.114 blue; the mean of the channels where there are not three): b x, then c b x + (1 - c) b m, then, grey being linear,
/// s c b x + (1 - s) c b g(x) + (1 - c) b m. Clipped to 0 to 255 then, once. Greys are taken in thousandths, so that they
/// and their sums are integers, which add up to the same bits in any order.
/// </remarks>
internal sealed class ColourJitter(ImageShape shape, torch.Device device)
{
    private readonly int[] _greyWeights = shape.Channels == 3 ? [299, 587, 114] : [.. Enumerable.Repeat(1, shape.Channels)];

    /// <summary>Changes images in place.</summary>
    /// <param name="images">[B, H, W, C] float32, integers 0 to 255.</param>
    /// <param name="views">The factors of each image.</param>
    /// <param name="options">Which factors vary at all.</param>
    public void Apply(torch.Tensor images, ReadOnlySpan<ViewParameters> views, AugmentationOptions options)
    {
        using var scope = torch.NewDisposeScope();
        var (own, grey, meanGrey) = Coefficients(views);
        var needsGrey = options.Saturation > 0 || options.Contrast > 0;
        var greys = needsGrey ? Greys(images) : null;
        images.mul_(own.view(-1, 1, 1, 1));
        if (options.Contrast > 0)
        {
            var sums = greys!.to(torch.ScalarType.Float64).sum([1, 2, 3]);
            images.add_(sums.mul_(meanGrey).to(torch.ScalarType.Float32).view(-1, 1, 1, 1));
        }

        if (options.Saturation > 0)
        {
            images.add_(greys!.mul_(grey.view(-1, 1, 1, 1)));
        }

        images.clamp_(0, 255);
    }

    // [B, H, W, 1] float32, weighted sums of the channels: integers below 2^24, and so exact.
    private torch.Tensor Greys(torch.Tensor images)
    {
        var greys = images.narrow(3, 0, 1).mul(_greyWeights[0]);
        for (var channel = 1; channel < _greyWeights.Length; channel++)
        {
            greys.add_(images.narrow(3, channel, 1).mul(_greyWeights[channel]));
        }

        return greys;
    }

    // What a pixel, its weighted sum of channels, and the image's total of those are multiplied by.
    private (torch.Tensor Own, torch.Tensor Grey, torch.Tensor MeanGrey) Coefficients(ReadOnlySpan<ViewParameters> views)
    {
        var own = new float[views.Length];
        var grey = new float[views.Length];
        var meanGrey = new double[views.Length];
        var greyScale = 1.0 / _greyWeights.Sum();
        for (var row = 0; row < views.Length; row++)
        {
            var view = views[row];
            var lit = view.Contrast * view.Brightness;
            own[row] = (float)(view.Saturation * lit);
            grey[row] = (float)((1 - view.Saturation) * lit * greyScale);
            meanGrey[row] = (1 - view.Contrast) * view.Brightness * greyScale / shape.PlaneLength;
        }

        return (torch.tensor(own, device: device), torch.tensor(grey, device: device), torch.tensor(meanGrey, device: device));
    }
}
