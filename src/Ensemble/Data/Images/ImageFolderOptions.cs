namespace Ensemble.Data.Images;

/// <summary>How a folder of images becomes a data set.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>The height and width that every image gets, in pixels; default null: chosen from the data (see
    /// <see cref="ImageSizeRule"/>). 8 to 1024.</summary>
    public int? SizePixels { get; init; }

    /// <summary>What becomes of an image that cannot be read. Default: reading stops.</summary>
    public BrokenImagePolicy BrokenImages { get; init; }

    /// <summary>The share of the images that becomes the test split of a folder without one, the same in every class.
    /// Default 0.2 (this project's choice); above 0, below 1.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>At most so many threads, or -1 for what the machine has; the result does not depend on it. Default
    /// -1.</summary>
    public int MaximumThreads { get; init; } = -1;

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (SizePixels is < 8 or > 1024) faults.Add($"{nameof(SizePixels)} must be 8 to 1024, is {SizePixels}");
        if (!Enum.IsDefined(BrokenImages)) faults.Add($"{nameof(BrokenImages)} must be Fail or Skip, is {BrokenImages}");
        // Written so that NaN is a fault too.
        if (!(TestFraction > 0 && TestFraction < 1)) faults.Add($"{nameof(TestFraction)} must be above 0 and below 1, is {TestFraction}");
        if (MaximumThreads is 0 or < -1) faults.Add($"{nameof(MaximumThreads)} must be -1 or at least 1, is {MaximumThreads}");
        if (faults.Count > 0) throw new ArgumentException($"{nameof(ImageFolderOptions)}: {string.Join("; ", faults)}");
    }
}
