using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>A file of a downloaded data set, as it was when it landed.</summary>
public sealed record UnpackedFile : IRecord
{
    /// <summary>Where it lies below the data set's folder, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>Its length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Require(
            ArchivePath.Normalise(Path, out var normal) is null && normal == Path, nameof(Path),
            "leads out of the folder");
        faults.AtLeast(0, Bytes, nameof(Bytes));
        faults.Sha256(Sha256, nameof(Sha256));
    }
}
