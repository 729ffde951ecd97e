using Ensemble.Storage;

namespace Ensemble.Scheduling;

/// <summary>A stage that was submitted.</summary>
public sealed record SlurmJob : IRecord
{
    /// <summary>The stage; see <see cref="PlannedStage.Name"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>The job as squeue names it: <c>12</c>, or <c>12_3</c> of an array.</summary>
    public required string Id { get; init; }

    /// <summary>When it was submitted, UTC.</summary>
    public required DateTimeOffset SubmittedUtc { get; init; }

    /// <summary>Where it writes, absolute.</summary>
    public required string Log { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(Stage, "stage");
        faults.Text(Log, "log");
        faults.Require(
            Id is { Length: > 0 } && Id.Split('_') is { Length: <= 2 } parts && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)), "id", $"must be a job's number, is '{Id}'");
    }
}
