namespace Ensemble.Data.Downloads;

/// <summary>How far a download is; reported often (per 64 KiB or so), from any thread.</summary>
public sealed record DownloadProgress
{
    /// <summary>The file's name in the catalogue.</summary>
    public required string File { get; init; }

    /// <summary>What is being done.</summary>
    public required DownloadStage Stage { get; init; }

    /// <summary>Bytes that are on the disk, those of earlier tries included.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes that there will be; null where nobody said.</summary>
    public long? TotalBytes { get; init; }

    /// <summary>With <see cref="DownloadStage.Retrying"/>: what went wrong, and where; else null.</summary>
    public string? Detail { get; init; }
}
