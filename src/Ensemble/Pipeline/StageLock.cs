using Ensemble.Data;
using Ensemble.Storage;
using Ensemble.Teachers;

namespace Ensemble.Pipeline;

/// <summary>Holds one stage of a run against other processes.</summary>
internal sealed class StageLock : IDisposable
{
    private readonly FolderLock _stage;
    private readonly FolderLock? _shard;

    private StageLock(FolderLock stage, FolderLock? shard) => (_stage, _shard) = (stage, shard);

    /// <summary>Takes the lock; shards of a stage share the stage, and keep out those who want all of it.</summary>
    /// <param name="rootPath">The folder of the run or sweep.</param>
    /// <param name="key">The stage.</param>
    /// <param name="shard">The part of it; null for all.</param>
    /// <exception cref="MachineFaultException">Another process has it, or the folder cannot be written.</exception>
    public static StageLock Acquire(string rootPath, string key, SampleShard? shard)
    {
        var folder = Path.Combine(rootPath, key);
        if (shard is null)
        {
            return new StageLock(FolderLock.Acquire(folder), null);
        }

        if (!StageKey.HasShards(key))
        {
            throw new ArgumentException($"{key} has no shards, only {string.Join(", ", StageKey.WithShards)} have", nameof(shard));
        }

        var stage = FolderLock.AcquireShared(folder);
        try
        {
            return new StageLock(stage, FolderLock.Acquire(key == StageKey.SoftTargets ? new SoftTargetShards(folder).PathOf(shard) : new EvaluationParts(folder).PathOf(shard)));
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shard?.Dispose();
        _stage.Dispose();
    }
}
