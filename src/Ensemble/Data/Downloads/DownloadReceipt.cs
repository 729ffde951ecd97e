using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>What was downloaded, written into the data set's folder: what it can be verified against later.</summary>
internal sealed record DownloadReceipt : IRecord
{
    /// <summary>The data set.</summary>
    public required string Name { get; init; }

    /// <summary>When it landed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The published files that it came from.</summary>
    public required IReadOnlyList<DownloadedFile> Downloads { get; init; }

    /// <summary>The files that it consists of.</summary>
    public required IReadOnlyList<UnpackedFile> Files { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(Name, nameof(Name));
        faults.NoNulls(Downloads, nameof(Downloads));
        faults.Require(Files.Count > 0, nameof(Files), "is empty");
        foreach (var (file, index) in Files.Select((file, index) => (file, index)))
        {
            faults.Inside($"{nameof(Files)}[{index}]", file);
        }
    }
}
