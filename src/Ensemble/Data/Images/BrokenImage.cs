namespace Ensemble.Data.Images;

/// <summary>An image that could not be read.</summary>
public sealed record BrokenImage
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong with it, in a few words.</summary>
    public required string Reason { get; init; }
}
