namespace Ensemble.Data.Downloads;

/// <summary>What is left of a downloaded data set.</summary>
public sealed record VerificationReport
{
    /// <summary>Its name in the catalogue.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that was checked.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the files were held against the receipt of a download (else, against the catalogue).</summary>
    public required bool HasReceipt { get; init; }

    /// <summary>
    /// Whether what was downloaded had the checksums that the catalogue has today; false where it has none.
    /// </summary>
    public required bool AgreesWithCatalog { get; init; }

    /// <summary>Every file that should be there.</summary>
    public required IReadOnlyList<VerifiedFile> Files { get; init; }

    /// <summary>The files that are not intact.</summary>
    public IReadOnlyList<VerifiedFile> Faults => [.. Files.Where(file => file.State != VerifiedState.Intact)];

    /// <summary>Whether the data set is what its publisher gave out, down to the last byte.</summary>
    public bool IsIntact => AgreesWithCatalog && Files.Count > 0 && Faults.Count == 0;

    /// <summary>For a person.</summary>
    /// <returns>One line; of the faults, the first three.</returns>
    public override string ToString()
    {
        if (Faults.Count == 0)
        {
            var origin = AgreesWithCatalog ? "as published" : "as downloaded; the catalogue has no checksum, or another";
            return $"{Name}: {Files.Count} files intact, {origin}";
        }

        var first = Faults.Take(3).Select(file => $"{file.Path}: expected {file.Expected}, found {file.Found}");
        var more = Faults.Count > 3 ? $"; {Faults.Count - 3} more" : string.Empty;
        return $"{Name}: {Faults.Count} of {Files.Count} files at fault in {Folder}: {string.Join("; ", first)}{more}";
    }
}
