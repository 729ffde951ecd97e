namespace Ensemble.Data.Formats;

/// <summary>What the header of a packed data set says of one split.</summary>
internal sealed record PackedSplit
{
    /// <summary>Images, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Where the images were from before they were packed.</summary>
    public required string Source { get; init; }

    /// <summary>The split's <see cref="ImageDataset.Checksum"/>, over counts, pixels and labels.</summary>
    public required string Checksum { get; init; }

    /// <summary>Describes a split.</summary>
    public static PackedSplit Of(ImageDataset dataset) =>
        new() { Count = dataset.Count, Source = dataset.Source, Checksum = dataset.Checksum };
}
