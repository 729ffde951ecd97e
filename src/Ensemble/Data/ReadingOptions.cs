using Ensemble.Data.Images;

namespace Ensemble.Data;

/// <summary>How data of a person's own are read, where a look at them cannot tell. Null leaves it to the reader; what a
/// reader has no use for is refused, not ignored.</summary>
public sealed record ReadingOptions
{
    /// <summary>The height and width that every image gets, in pixels; 8 to 1024. Default null: of folders of images see
    /// <see cref="ImageSizeRule"/>, of other data the size that they have. Folders of images are decoded to it, other
    /// data resized after they are read (<see cref="DatasetResizer"/>).</summary>
    public int? SizePixels { get; init; }

    /// <summary>What becomes of an image that cannot be read. Default null: reading stops. For folders of
    /// images.</summary>
    public BrokenImagePolicy? BrokenImages { get; init; }

    /// <summary>The share of the images that becomes the test split where there is none; above 0, below 1. Default null:
    /// the reader's. For folders of images and .npz files.</summary>
    public double? TestShare { get; init; }

    /// <summary>The names of the properties that are not null.</summary>
    internal IReadOnlyList<string> Asked =>
    [
        .. SizePixels is null ? (string[])[] : [nameof(SizePixels)],
        .. BrokenImages is null ? (string[])[] : [nameof(BrokenImages)],
        .. TestShare is null ? (string[])[] : [nameof(TestShare)],
    ];

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (SizePixels is < 8 or > 1024)
        {
            faults.Add($"{nameof(SizePixels)} must be 8 to 1024, is {SizePixels}");
        }

        if (BrokenImages is { } policy && !Enum.IsDefined(policy))
        {
            faults.Add($"{nameof(BrokenImages)} must be Fail or Skip, is {BrokenImages}");
        }

        // Written so that NaN is a fault too.
        if (TestShare is { } share && !(share > 0 && share < 1))
        {
            faults.Add($"{nameof(TestShare)} must be above 0 and below 1, is {TestShare}");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(ReadingOptions)}: {string.Join("; ", faults)}");
        }
    }
}
