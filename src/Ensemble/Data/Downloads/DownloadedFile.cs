namespace Ensemble.Data.Downloads;

/// <summary>A file that was downloaded, or was there.</summary>
public sealed record DownloadedFile
{
    /// <summary>The file's name in the catalogue.</summary>
    public required string Name { get; init; }

    /// <summary>Where its last byte came from; null when the file was put there by hand.</summary>
    public required string? Url { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Its MD5, measured: 32 lower-case hexadecimal digits.</summary>
    public required string Md5 { get; init; }

    /// <summary>Its SHA-256, measured: 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether a published checksum agreed.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>For a person: how far the file can be trusted.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => IsVerified
        ? $"{Name}: verified, {Bytes} bytes, sha256 {Sha256}"
        : $"{Name}: unverified: the catalogue has no checksum; {Bytes} bytes, sha256 is {Sha256}";
}
