namespace Ensemble.Data.Downloads;

/// <summary>A data set that is on the disk.</summary>
public sealed record DownloadedDataset
{
    /// <summary>Its name in the catalogue.</summary>
    public required string Name { get; init; }

    /// <summary>The folder to give a reader.</summary>
    public required string ReaderFolder { get; init; }

    /// <summary>Whether it was there already, and nothing was downloaded.</summary>
    public required bool WasThere { get; init; }

    /// <summary>When it landed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The published files that it came from, and whether they were verified.</summary>
    public required IReadOnlyList<DownloadedFile> Downloads { get; init; }

    /// <summary>The files that it consists of.</summary>
    public required int FileCount { get; init; }

    /// <summary>Their bytes together.</summary>
    public required long Bytes { get; init; }
}
