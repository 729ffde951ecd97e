namespace Ensemble.Data.Images;

/// <summary>What was found in a folder of images, and what was done with it.</summary>
public sealed record ImageFolderReport
{
    /// <summary>The folder that holds the class or split folders.</summary>
    public required string Folder { get; init; }

    /// <summary>How the splits came about, for a person.</summary>
    public required string SplitRule { get; init; }

    /// <summary>How the size came about, for a person.</summary>
    public required string SizeRule { get; init; }

    /// <summary>Images that were read, in all splits.</summary>
    public required int ImageCount { get; init; }

    /// <summary>Images of which every pixel is gray; when all are, the data set has one channel.</summary>
    public required int GrayCount { get; init; }

    /// <summary>Images that were turned or mirrored because their EXIF orientation said so.</summary>
    public required int TurnedCount { get; init; }

    /// <summary>Images that had to be resized or cropped.</summary>
    public required int ResizedCount { get; init; }

    /// <summary>Files and folders that were ignored because their names begin with a dot.</summary>
    public required int HiddenCount { get; init; }

    /// <summary>Files that were ignored because their names do not end as an image's does, and folders that are neither
    /// a split's nor a class's.</summary>
    public required int IgnoredCount { get; init; }

    /// <summary>Images that were left out because they cannot be read, in the order of their paths.</summary>
    public required IReadOnlyList<BrokenImage> Skipped { get; init; }
}
