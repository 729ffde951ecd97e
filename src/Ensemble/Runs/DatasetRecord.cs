using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>Which data a run was made from.</summary>
public sealed record DatasetRecord : IRecord
{
    /// <summary>The data set's name.</summary>
    public required string Name { get; init; }

    /// <summary>The SHA-256 of the images and labels: 64 lower-case hexadecimal digits.</summary>
    public required string Checksum { get; init; }

    /// <summary>Images by the split's name (train, validation, test), each at least 0.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(Name, "name");
        faults.Sha256(Checksum, "checksum");
        foreach (var (split, count) in Counts)
        {
            faults.AtLeast(0, count, $"counts.{split}");
        }
    }
}
