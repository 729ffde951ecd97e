namespace Ensemble.Data.Images;

/// <summary>A folder of images, read.</summary>
public sealed record ImageFolderResult
{
    /// <summary>The data set.</summary>
    public required DatasetSplits Splits { get; init; }

    /// <summary>What was found.</summary>
    public required ImageFolderReport Report { get; init; }
}
