namespace Ensemble.Data.Downloads;

/// <summary>What is known of the bytes in a <c>.part</c> file.</summary>
internal sealed record PartState
{
    /// <summary>The catalogue's address that they came from, before any redirect.</summary>
    public required string Url { get; init; }

    /// <summary>The server's strong entity tag, with its quotes; null where it gave none.</summary>
    public string? ETag { get; init; }

    /// <summary>When the server's file last changed, as the server wrote it; null where it did not say.</summary>
    public string? LastModified { get; init; }
}
