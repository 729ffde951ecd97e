namespace Ensemble.Data.Catalog;

/// <summary>One file of a data set: where it is had from, and how it is known to be the right one.</summary>
public sealed record CatalogFile
{
    /// <summary>The name that it gets on the disk: letters, digits, dot, hyphen and underscore.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is had from, http or https, in the order to try; at least one.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Its length in bytes as published; null where that is not known.</summary>
    public required long? Bytes { get; init; }

    /// <summary>The most bytes that are taken from a server where <see cref="Bytes"/> is not known; else null.</summary>
    public long? MaximumBytes { get; init; }

    /// <summary>The MD5 as published, 32 lower-case hexadecimal digits; null where none is.</summary>
    public required string? Md5 { get; init; }

    /// <summary>The SHA-256 as published, 64 lower-case hexadecimal digits; null where none is.</summary>
    public required string? Sha256 { get; init; }

    /// <summary>Where length and checksums were found.</summary>
    public required string ChecksumSource { get; init; }

    /// <summary>What it holds others in.</summary>
    public required ArchiveKind Archive { get; init; }

    /// <summary>Whether a checksum is known, so that a download can be verified.</summary>
    public bool HasChecksum => Md5 is not null || Sha256 is not null;

    /// <summary>The most bytes that are taken from a server.</summary>
    public long ByteLimit => Bytes ?? MaximumBytes ?? 0;

    /// <summary>Adds what is wrong with the values.</summary>
    internal void FindFaults(string where, List<string> faults)
    {
        CatalogEntry.Require(faults, IsFileName(Name), where, nameof(Name), $"is no plain file name: '{Name}'");
        CatalogEntry.Require(faults, Urls.Count > 0, where, nameof(Urls), "is empty");
        foreach (var url in Urls)
        {
            CatalogEntry.Require(
                faults, CatalogEntry.IsWebAddress(url), where, nameof(Urls),
                $"holds '{url}', which is no http address");
        }

        CatalogEntry.Require(faults, Urls.Distinct().Count() == Urls.Count, where, nameof(Urls), "names one twice");
        CatalogEntry.Require(faults, Bytes is null or > 0, where, nameof(Bytes), "must be at least 1, or null");
        CatalogEntry.Require(
            faults, Bytes is null == MaximumBytes is not null && MaximumBytes is null or > 0, where,
            nameof(MaximumBytes), "must be given, and be at least 1, where the bytes are not, and only there");
        CatalogEntry.Require(
            faults, IsHex(Md5, 32), where, nameof(Md5), "must be 32 lower-case hexadecimal digits, or null");
        CatalogEntry.Require(
            faults, IsHex(Sha256, 64), where, nameof(Sha256), "must be 64 lower-case hexadecimal digits, or null");
        CatalogEntry.Require(
            faults, !string.IsNullOrWhiteSpace(ChecksumSource), where, nameof(ChecksumSource), "is empty");
        CatalogEntry.Require(faults, Enum.IsDefined(Archive), where, nameof(Archive), "is no archive kind");
    }

    private static bool IsFileName(string name) =>
        name is { Length: > 0 and <= 128 } && name[0] != '.'
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    private static bool IsHex(string? digits, int count) =>
        digits is null || (digits.Length == count && digits.All(char.IsAsciiHexDigitLower));
}
