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
        if (ShiftPixels is < 0 or > 64)
        {
            yield return $"{nameof(ShiftPixels)} must be 0 to 64, is {ShiftPixels}";
        }
    }
}
