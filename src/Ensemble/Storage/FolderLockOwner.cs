namespace Ensemble.Storage;

/// <summary>Who holds a run's lock.</summary>
internal sealed record FolderLockOwner
{
    /// <summary>The process's id on its machine.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The machine's name.</summary>
    public required string Machine { get; init; }
}
