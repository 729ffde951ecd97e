using System.Text.Json;

namespace Ensemble.Storage;

/// <summary>
/// A folder held by one process, until disposed or until the process ends in whatever way: the operating system takes
/// the lock back from a killed process, so a stale lock never blocks.
/// </summary>
/// <remarks>
/// The lock is on the open file <c>.lock</c> (flock on Unix) and advisory: it stops only those who ask. Who holds it
/// stands in
/// <c>.lock-owner.json</c>, since a held file cannot be read. The files stay; deleting them could let two processes in.
/// </remarks>
public sealed class FolderLock : IDisposable
{
    internal const string LockName = ".lock";
    internal const string OwnerName = ".lock-owner.json";

    // errno EWOULDBLOCK (11 on Linux, 35 on macOS), which .NET on Unix leaves in HResult; the sharing violation of
    // Windows.
    private static readonly int[] HeldCodes = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _handle;
    private readonly string? _ownerPath;
    private bool _isDisposed;

    private FolderLock(FileStream handle, string? ownerPath)
    {
        _handle = handle;
        _ownerPath = ownerPath;
    }

    /// <summary>
    /// Takes the lock of a folder at once or not at all, and removes temporary files that a killed process left in it.
    /// </summary>
    /// <param name="folder">
    /// The folder, created if missing: a run's own, or a stage's where many machines share a run.
    /// </param>
    /// <returns>The lock; dispose it to let others in.</returns>
    /// <exception cref="MachineFaultException">
    /// Another process holds it (the message names its id), or the folder cannot be written.
    /// </exception>
    public static FolderLock Acquire(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var ownerPath = Path.Combine(folder, OwnerName);
        var handle = Open(folder, ownerPath, FileAccess.ReadWrite, FileShare.None);
        try
        {
            RemoveLeftovers(folder);
            var owner = new FolderLockOwner { ProcessId = Environment.ProcessId, Machine = Environment.MachineName };
            AtomicFile.WriteBytes(ownerPath, JsonSerializer.SerializeToUtf8Bytes(owner, RecordJson.Compact));
            return new FolderLock(handle, ownerPath);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes the lock of a folder beside others who share it, at once or not at all: it keeps out those who want the folder for
    /// themselves, and they keep it out.
    /// </summary>
    /// <param name="folder">The folder, created if missing.</param>
    /// <returns>The lock; dispose it to let others in.</returns>
    /// <exception cref="MachineFaultException">
    /// Another process holds the folder for itself (the message names its id), or the folder cannot be written.
    /// </exception>
    public static FolderLock AcquireShared(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new FolderLock(Open(folder, Path.Combine(folder, OwnerName), FileAccess.Read, FileShare.Read), null);
    }

    /// <summary>Lets others take the lock.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        // While the lock is still held: the next holder writes its own.
        if (_ownerPath is not null)
        {
            DiskFault.TryDelete(_ownerPath);
        }

        _handle.Dispose();
    }

    private static FileStream Open(string folder, string ownerPath, FileAccess access, FileShare share)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, access, share);
        }
        catch (IOException exception) when (Array.IndexOf(HeldCodes, exception.HResult) >= 0)
        {
            throw new MachineFaultException(
                folder,
                $"in use by {DescribeOwner(ownerPath)}",
                "wait for it to finish, or stop it, and run the same command again",
                exception);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(folder, exception);
        }
    }

    private static string DescribeOwner(string ownerPath)
    {
        try
        {
            var owner = JsonSerializer.Deserialize<FolderLockOwner>(File.ReadAllBytes(ownerPath), RecordJson.Compact);
            return owner is null ? "another process" : $"process {owner.ProcessId} on {owner.Machine}";
        }
        catch (Exception exception) when (DiskFault.IsOne(exception) || exception is JsonException)
        {
            // The holder took the lock just now and has yet to write its name.
            return "another process";
        }
    }

    private static void RemoveLeftovers(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, AtomicFile.TemporaryPattern))
        {
            DiskFault.TryDelete(path);
        }
    }
}
