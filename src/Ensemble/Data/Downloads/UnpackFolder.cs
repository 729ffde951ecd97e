using System.Security.Cryptography;
using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>The temporary folder that an archive is unpacked to: every entry passes its rules, or the archive is
/// refused.</summary>
internal sealed class UnpackFolder
{
    private const int BufferBytes = 1 << 17;

    private readonly string _archive;
    private readonly string _folder;
    private readonly UnpackLimits _limits;
    private readonly long _byteLimit;
    private readonly CancellationToken _cancellationToken;
    private readonly List<UnpackedFile> _files = [];

    // True for a folder. In whatever case: two names that differ in case alone are one on Windows and macOS.
    private readonly Dictionary<string, (string Spelling, bool IsFolder)> _seen =
        new(StringComparer.OrdinalIgnoreCase);

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _entries;
    private long _bytes;

    public UnpackFolder(
        string archive, string folder, UnpackLimits limits, long archiveBytes, CancellationToken cancellationToken)
    {
        _archive = archive;
        _folder = folder;
        _limits = limits;
        _byteLimit = limits.BytesFor(archiveBytes);
        _cancellationToken = cancellationToken;
    }

    /// <summary>The files written, in the order of the archive.</summary>
    public IReadOnlyList<UnpackedFile> Files => _files;

    /// <summary>The fault of an archive that breaks a rule.</summary>
    public DataFaultException Refuse(string expected, string found, Exception? inner = null) => new(
        _archive, expected, found, "do not use it; get the archive from its publisher, and check its checksum", inner);

    /// <summary>Makes a folder.</summary>
    public void AddFolder(string name)
    {
        var path = Admit(name, isFolder: true);
        if (path.Length > 0)
        {
            OnDisk(path, full => Directory.CreateDirectory(full));
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its name in the archive.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="declaredBytes">How many the archive says there are; null where it does not.</param>
    /// <param name="onBytes">Told every run of bytes; null for nobody.</param>
    public void AddFile(string name, Stream content, long? declaredBytes, Action<ReadOnlyMemory<byte>>? onBytes = null)
    {
        var path = Admit(name, isFolder: false);
        if (path.Length == 0)
        {
            throw Refuse("file names", $"a file named '{ArchivePath.Show(name)}'");
        }

        // What the archive declares is refused before anything is written; what it really holds is counted as well.
        RequireRoom(name, declaredBytes ?? 0);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        using (var target = Create(path))
        {
            int read;
            while ((read = content.Read(_buffer)) > 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                bytes += read;
                RequireRoom(name, bytes);
                sha256.AppendData(_buffer, 0, read);
                onBytes?.Invoke(_buffer.AsMemory(0, read));
                Write(target, read);
            }
        }

        if (declaredBytes is { } declared && declared != bytes)
        {
            throw Refuse($"{declared} bytes of '{ArchivePath.Show(name)}'", $"{bytes}");
        }

        _bytes += bytes;
        _files.Add(new UnpackedFile
        {
            Path = path,
            Bytes = bytes,
            Sha256 = Convert.ToHexStringLower(sha256.GetHashAndReset()),
        });
    }

    private string Admit(string name, bool isFolder)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (++_entries > _limits.Entries)
        {
            throw Refuse($"at most {_limits.Entries} files and folders", "more");
        }

        if (ArchivePath.Normalise(name, out var path) is { } fault)
        {
            throw Refuse("plain relative paths", $"{fault}: '{ArchivePath.Show(name)}'");
        }

        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            See(path[..slash], isFolder: true);
        }

        if (path.Length > 0)
        {
            See(path, isFolder);
        }

        return path;
    }

    private void See(string path, bool isFolder)
    {
        if (_seen.TryAdd(path, (path, isFolder)))
        {
            return;
        }

        var before = _seen[path];
        if (!isFolder || !before.IsFolder || before.Spelling != path)
        {
            throw Refuse(
                "every name once, whatever its case",
                $"'{ArchivePath.Show(before.Spelling)}' and again '{ArchivePath.Show(path)}'");
        }
    }

    private void RequireRoom(string name, long fileBytes)
    {
        if (fileBytes > _limits.FileBytes)
        {
            throw Refuse($"files of at most {_limits.FileBytes} bytes", $"more in '{ArchivePath.Show(name)}'");
        }

        if (fileBytes > _byteLimit - _bytes)
        {
            throw Refuse($"at most {_byteLimit} bytes unpacked", "more: it may be a bomb");
        }
    }

    private FileStream Create(string path)
    {
        FileStream? stream = null;
        OnDisk(path, full =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            stream = new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        });
        return stream!;
    }

    private void Write(FileStream target, int count)
    {
        try
        {
            target.Write(_buffer, 0, count);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(target.Name, exception);
        }
    }

    private void OnDisk(string path, Action<string> act)
    {
        var full = Path.Combine([_folder, .. path.Split('/')]);
        try
        {
            act(full);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(full, exception);
        }
    }
}
