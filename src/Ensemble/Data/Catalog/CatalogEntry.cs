namespace Ensemble.Data.Catalog;

/// <summary>One known data set: what it is, whose, and what files it comes in.</summary>
public sealed record CatalogEntry
{
    /// <summary>The name that a person types: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The name as its authors write it.</summary>
    public required string Title { get; init; }

    /// <summary>What its images show, in a line.</summary>
    public required string Description { get; init; }

    /// <summary>A name for each class, in the order of the labels; at least two.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The size of every image, or null where sizes differ.</summary>
    public required ImageShape? Shape { get; init; }

    /// <summary>How many images there are.</summary>
    public required CatalogCounts Counts { get; init; }

    /// <summary>How images and labels lie in the files.</summary>
    public required DatasetLayout Layout { get; init; }

    /// <summary>Where below its folder a reader begins, with forward slashes; empty for the folder itself.</summary>
    public required string Folder { get; init; }

    /// <summary>Its files: plain ones, or one archive.</summary>
    public required IReadOnlyList<CatalogFile> Files { get; init; }

    /// <summary>The most bytes that the archive may unpack to; null where there is none.</summary>
    public long? UnpackedBytes { get; init; }

    /// <summary>The most files and folders that the archive may hold; null where there is none.</summary>
    public int? UnpackedEntries { get; init; }

    /// <summary>On what terms it may be used.</summary>
    public required string Licence { get; init; }

    /// <summary>What to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>The publisher's page.</summary>
    public required string Homepage { get; init; }

    /// <summary>The bytes to download, or null where some file's length is not known.</summary>
    public long? DownloadBytes => Files.All(file => file.Bytes is not null) ? Files.Sum(file => file.Bytes) : null;

    /// <summary>Whether every file has a published checksum.</summary>
    public bool HasChecksums => Files.All(file => file.HasChecksum);

    /// <summary>The archive, or null for plain files.</summary>
    public CatalogFile? Archive => Files.FirstOrDefault(file => file.Archive != ArchiveKind.None);

    /// <summary>Where a reader finds the downloaded data set.</summary>
    /// <param name="dataFolder">The folder that data sets are downloaded to.</param>
    /// <returns>The path; nothing need be there.</returns>
    public string ReaderFolder(string dataFolder) =>
        Path.Combine([dataFolder, Name, .. Folder.Split('/', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>Checks every property, of the files too.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        FindFaults(faults);
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(CatalogEntry)}: {string.Join("; ", faults)}");
        }
    }

    /// <summary>Adds what is wrong with the values.</summary>
    internal void FindFaults(List<string> faults)
    {
        Require(faults, IsName(Name), Name, nameof(Name), "must be lower-case letters, digits and hyphens");
        foreach (var (text, property) in new[]
        {
            (Title, nameof(Title)), (Description, nameof(Description)), (Licence, nameof(Licence)),
            (Citation, nameof(Citation)),
        })
        {
            Require(faults, !string.IsNullOrWhiteSpace(text), Name, property, "is empty");
        }

        Require(faults, IsWebAddress(Homepage), Name, nameof(Homepage), $"is no http address: '{Homepage}'");
        Require(
            faults, ClassNames.Count >= 2 && !ClassNames.Any(string.IsNullOrWhiteSpace), Name, nameof(ClassNames),
            "must be two or more, none of them empty");
        Require(
            faults, ClassNames.Distinct().Count() == ClassNames.Count, Name, nameof(ClassNames), "names one twice");
        Require(faults, Enum.IsDefined(Layout), Name, nameof(Layout), "is no layout");
        Require(
            faults, !Folder.StartsWith('/') && !Folder.Split('/').Contains("..") && !Folder.Contains('\\'), Name,
            nameof(Folder), $"leads out of the data set: '{Folder}'");
        Counts.FindFaults($"{Name}.{nameof(Counts)}", faults);
        FindFileFaults(faults);
    }

    /// <summary>Adds a fault where a condition does not hold.</summary>
    internal static void Require(List<string> faults, bool holds, string where, string property, string fault)
    {
        if (!holds)
        {
            faults.Add($"{where}.{property} {fault}");
        }
    }

    /// <summary>Whether a text is an absolute http or https address, without a password in it.</summary>
    internal static bool IsWebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && url.UserInfo.Length == 0;

    private void FindFileFaults(List<string> faults)
    {
        foreach (var file in Files)
        {
            file.FindFaults($"{Name}.{file.Name}", faults);
        }

        var archives = Files.Count(file => file.Archive != ArchiveKind.None);
        Require(
            faults, Files.Count > 0 && (archives == 0 || Files.Count == 1), Name, nameof(Files),
            "must be plain files, or one archive");
        Require(
            faults, Files.Select(file => file.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() == Files.Count,
            Name, nameof(Files), "names one twice");
        var hasLimits = UnpackedBytes is > 0 && UnpackedEntries is > 0;
        Require(
            faults, archives == 0 ? UnpackedBytes is null && UnpackedEntries is null : hasLimits, Name,
            nameof(UnpackedBytes), "and entries must be given, and be at least 1, for an archive, and only there");
    }

    private static bool IsName(string name) =>
        name is { Length: > 0 and <= 64 } && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
