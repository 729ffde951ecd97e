namespace Ensemble.Data;

/// <summary>How a training image is varied each time it is seen. A view is a pure function of (seed, epoch, sample).</summary>
public sealed record AugmentationOptions
{
    /// <summary>No variation.</summary>
    public static AugmentationOptions None { get; } = new();

    /// <summary>Crops after padding by 4 pixels, and mirror images: the custom on CIFAR (He et al. 2015, arXiv 1512.03385).</summary>
    public static AugmentationOptions CropAndFlip { get; } = new() { ShiftPixels = 4, HorizontalFlip = true };

    /// <summary>Moves of up to 2 pixels: the jitter of the paper's large MNIST net.</summary>
    public static AugmentationOptions Jitter { get; } = new() { ShiftPixels = 2 };

    /// <summary>The most that an image moves across and down, in pixels; black comes in at the border. Default 0; 0 to 64.</summary>
    public int ShiftPixels { get; init; }

    /// <summary>Whether every second view is mirrored left to right. Default no.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>
    /// The side of a square, in pixels, that is blanked to the mean (0 after normalisation). Its middle is anywhere in the
    /// image, so that the border may cut it. Default 0: none; 0 to 1,024. DeVries and Taylor 2017, arXiv 1708.04552, who
    /// take 16 on CIFAR-10 and 8 on CIFAR-100.
    /// </summary>
    public int CutoutPixels { get; init; }

    /// <summary>
    /// How much lighter or darker a view may be: pixels times a factor between 1 less and 1 more this. Default 0; 0 to 1.
    /// Drawn for each view, as are <see cref="Contrast"/> and <see cref="Saturation"/>; torchvision's ColorJitter, but in this
    /// order and clipped once, at the end.
    /// </summary>
    public double Brightness { get; init; }

    /// <summary>How much the differences from the image's mean grey may grow or shrink, likewise. Default 0; 0 to 1.</summary>
    public double Contrast { get; init; }

    /// <summary>How much the differences of a pixel from its own grey may grow or shrink, likewise; none are in grey images.
    /// Default 0; 0 to 1.</summary>
    public double Saturation { get; init; }

    /// <summary>
    /// The parameter of the distribution Beta(alpha, alpha) that a view's share of its own image is drawn from; another
    /// image's view of the same number has the rest. Default 0: not mixed; 0 to 4. Zhang et al. 2018, arXiv 1710.09412, who
    /// take 1 on CIFAR. Partner and share are drawn for each view and not for a batch, so that a view can be replayed.
    /// </summary>
    public double MixupAlpha { get; init; }

    /// <summary>Whether colours vary.</summary>
    internal bool JittersColour => Brightness > 0 || Contrast > 0 || Saturation > 0;

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = FindFaults().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException($"{nameof(AugmentationOptions)}: {string.Join("; ", faults)}");
        }
    }

    /// <summary>What is out of range, for whoever has these options as a part of theirs.</summary>
    internal IEnumerable<string> FindFaults()
    {
        (string Name, double Value, double Most)[] ranges =
        [
            (nameof(ShiftPixels), ShiftPixels, 64),
            (nameof(CutoutPixels), CutoutPixels, 1024),
            (nameof(Brightness), Brightness, 1),
            (nameof(Contrast), Contrast, 1),
            (nameof(Saturation), Saturation, 1),
            (nameof(MixupAlpha), MixupAlpha, SymmetricBeta.MaximumAlpha),
        ];
        // Written so that NaN is a fault too.
        return ranges.Where(range => !(range.Value >= 0 && range.Value <= range.Most))
            .Select(range => $"{range.Name} must be 0 to {range.Most}, is {range.Value}");
    }
}
