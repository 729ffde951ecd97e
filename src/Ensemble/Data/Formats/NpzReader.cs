using System.IO.Compression;

namespace Ensemble.Data.Formats;

/// <summary>
/// Reads NumPy's .npz files: zip archives of .npy entries, stored or deflated. An entry is read when it is asked for,
/// its size believed only as far as its bytes are there, and held against its checksum.
/// </summary>
public sealed class NpzReader : IDisposable
{
    private const string EntryExtension = ".npy";
    private const string Content = "an .npz file (a zip archive of .npy entries)";

    private readonly FileStream _file;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);

    private NpzReader(string path, FileStream file)
    {
        Path = path;
        _file = file;
        _archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in _archive.Entries)
        {
            if (entry.FullName.EndsWith(EntryExtension, StringComparison.Ordinal)
                && !_entries.TryAdd(entry.FullName[..^EntryExtension.Length], entry))
            {
                throw new InvalidDataException($"two entries are called {entry.FullName}");
            }
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The arrays' names, without <c>.npy</c>, in alphabetical order.</summary>
    public IReadOnlyList<string> Names => [.. _entries.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Opens a file and reads its list of arrays.</summary>
    /// <param name="path">The .npz file.</param>
    /// <returns>A reader that the caller disposes.</returns>
    /// <exception cref="DataFaultException">The file is missing, empty, no zip archive, or names an array
    /// twice.</exception>
    public static NpzReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = DataFileReader.OpenStream(path, Content);
        try
        {
            return new NpzReader(path, file);
        }
        catch (Exception exception) when (IsOfTheArchive(exception))
        {
            file.Dispose();
            throw new DataFaultException(
                path, Content, $"other or damaged content ({exception.Message})", DataFileReader.GetAgain, exception);
        }
    }

    /// <summary>Whether there is an array of a name.</summary>
    /// <param name="name">The name, without <c>.npy</c>.</param>
    /// <returns>True when it is there.</returns>
    public bool Holds(string name) => _entries.ContainsKey(name);

    /// <summary>Reads an array.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>The array.</returns>
    /// <exception cref="DataFaultException">The entry is not there, damaged, encrypted, larger than its compressed
    /// bytes can give, or no .npy array of plain values.</exception>
    public NpyArray Read(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw Fault($"an array '{name}'", $"only {string.Join(", ", Names)}");
        }

        RequirePlausible(entry);
        try
        {
            using var stream = entry.Open();
            var checksum = 0u;
            var source = new NpySource(Path, entry.FullName, entry.Length, isCertain: false, Fill);
            var array = NpyReader.Read(source);
            return checksum == entry.Crc32
                ? array
                : throw Fault($"an entry {entry.FullName} of checksum {entry.Crc32:x8}", $"{checksum:x8}");

            int Fill(Span<byte> buffer)
            {
                var read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
                checksum = Crc32.Append(checksum, buffer[..read]);
                return read;
            }
        }
        catch (Exception exception) when (IsOfTheArchive(exception))
        {
            throw Fault($"a readable entry {entry.FullName}", $"damaged content ({exception.Message})", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _archive.Dispose();
        _file.Dispose();
    }

    private void RequirePlausible(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
        {
            throw Fault($"a plain entry {entry.FullName}", "an encrypted one");
        }

        if (entry.CompressedLength > _file.Length
            || entry.Length > Math.Max(entry.CompressedLength, 0) * DataFileReader.MaximumDeflateRatio)
        {
            throw Fault(
                $"an entry {entry.FullName} of {entry.Length} bytes",
                $"{entry.CompressedLength} compressed bytes in a file of {_file.Length}, which cannot hold them");
        }
    }

    private DataFaultException Fault(string expected, string found, Exception? innerException = null) =>
        new(Path, expected, found, DataFileReader.GetAgain, innerException);

    // What the framework's zip and deflate are seen to throw at damaged archives.
    private static bool IsOfTheArchive(Exception exception) =>
        exception is IOException or InvalidDataException or NotSupportedException or UnauthorizedAccessException
            or ArgumentException or OverflowException;
}
