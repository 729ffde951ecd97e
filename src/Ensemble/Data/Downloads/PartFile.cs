using System.Text.Json;
using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>
/// The bytes of a download that is not complete: <c>NAME.part</c> beside the target, and <c>NAME.part.json</c> with
/// what a server must confirm before more are added.
/// </summary>
internal sealed class PartFile(string target)
{
    private const long MaximumStateLength = 1 << 16;

    private readonly string _statePath = target + ".part.json";
    private PartState? _state;

    /// <summary>The file of bytes.</summary>
    public string Path { get; } = target + ".part";

    /// <summary>Bytes that are there.</summary>
    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>What is known of them; null where there are none, or nothing is known.</summary>
    public PartState? State => _state ??= Length > 0 ? ReadState() : null;

    /// <summary>Throws all bytes away.</summary>
    public void Discard()
    {
        _state = null;
        DiskFault.TryDelete(Path);
        DiskFault.TryDelete(_statePath);
    }

    /// <summary>Begins anew.</summary>
    /// <exception cref="MachineFaultException">The folder cannot be written.</exception>
    public FileStream Create(PartState state)
    {
        // The old bytes go first: killed in between, no bytes carry a state that is not theirs.
        Discard();
        AtomicFile.WriteBytes(_statePath, JsonSerializer.SerializeToUtf8Bytes(state, RecordJson.Indented));
        _state = state;
        return Open(FileMode.Create);
    }

    /// <summary>Opens it to add bytes at its end.</summary>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public FileStream Append() => Open(FileMode.Append);

    /// <summary>Gives the bytes their final name.</summary>
    /// <exception cref="MachineFaultException">The folder cannot be written.</exception>
    public void Land()
    {
        try
        {
            File.Move(Path, target, overwrite: false);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(target, exception);
        }

        DiskFault.TryDelete(_statePath);
    }

    private FileStream Open(FileMode mode)
    {
        try
        {
            return new FileStream(Path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(Path, exception);
        }
    }

    private PartState? ReadState()
    {
        try
        {
            var content = DiskFault.ReadAllBytes(_statePath, "a download's state", string.Empty, MaximumStateLength);
            return JsonSerializer.Deserialize<PartState>(content, RecordJson.Indented);
        }
        catch (Exception exception) when (exception is DataFaultException or JsonException)
        {
            // Bytes of which nothing is known are no use: the caller begins anew.
            return null;
        }
    }
}
