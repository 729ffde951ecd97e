using System.Formats.Tar;
using System.IO.Compression;
using Ensemble.Data.Catalog;
using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>
/// Unpacks an archive that nobody vouches for. Refused are: paths that are absolute or lead out, drive letters, absurd
/// names, links and devices of every kind, two entries of one name (in whatever case), encrypted entries, and more
/// bytes or entries than the limits. What is refused, and what is cancelled, leaves nothing behind.
/// </summary>
/// <remarks>
/// Contents only: owners, times and permissions of the archive are not restored. <c>.xz</c>, <c>.bz2</c> and
/// <c>.7z</c> have no decoder in .NET; unpack those with <c>tar</c> and name the folder.
/// </remarks>
public static class SafeUnpacker
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixRegular = 0x8000;
    private const int UnixFolder = 0x4000;
    private const int MaximumPaddingBytes = 1 << 20;

    /// <summary>Tells an archive's kind by its name.</summary>
    /// <param name="path">The archive.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="DataFaultException">It is none that can be unpacked.</exception>
    public static ArchiveKind KindOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (string Ending, ArchiveKind Kind)[] endings =
        [
            (".tar.gz", ArchiveKind.TarGz), (".tgz", ArchiveKind.TarGz), (".tar", ArchiveKind.Tar),
            (".zip", ArchiveKind.Zip), (".gz", ArchiveKind.Gzip),
        ];
        var kind = endings.FirstOrDefault(pair => path.EndsWith(pair.Ending, StringComparison.OrdinalIgnoreCase)).Kind;
        return kind != ArchiveKind.None
            ? kind
            : throw new DataFaultException(
                path, "an archive of .zip, .tar, .tar.gz, .tgz or .gz", "another ending",
                "unpack it with a tool that knows it (tar xf for .tar.xz), and name the folder");
    }

    /// <summary>Unpacks an archive to a folder that is there afterwards whole, or not at all.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="kind">Its kind; not <see cref="ArchiveKind.None"/>.</param>
    /// <param name="folder">The folder to make; nothing may be there. Folders above it are created.</param>
    /// <param name="limits">The most that it may come to; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Its files, in the order of the archive.</returns>
    /// <exception cref="DataFaultException">The archive is missing, damaged, or refused.</exception>
    /// <exception cref="MachineFaultException">The disk refuses, or something is there already.</exception>
    /// <exception cref="ArgumentException">The limits are out of range, or the kind is none.</exception>
    public static IReadOnlyList<UnpackedFile> Unpack(
        string archive,
        ArchiveKind kind,
        string folder,
        UnpackLimits? limits = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(archive);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        limits ??= new UnpackLimits();
        limits.Validate();
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var temporary = Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}{TemporaryEnding}");
        RequireFree(target);
        try
        {
            var files = UnpackTo(archive, kind, temporary, limits, cancellationToken);
            Land(temporary, target);
            return files;
        }
        finally
        {
            DatasetFolder.TryDelete(temporary);
        }
    }

    /// <summary>How the names of folders end that a killed process may leave.</summary>
    internal const string TemporaryEnding = ".unpacking";

    private static void RequireFree(string target)
    {
        if (Directory.Exists(target) || File.Exists(target))
        {
            throw new MachineFaultException(target, "is there already", "move it away, or choose another folder");
        }
    }

    private static IReadOnlyList<UnpackedFile> UnpackTo(
        string archive, ArchiveKind kind, string temporary, UnpackLimits limits, CancellationToken cancellationToken)
    {
        using var stream = Open(archive);
        MakeFolder(temporary);
        var target = new UnpackFolder(archive, temporary, limits, stream.Length, cancellationToken);
        try
        {
            switch (kind)
            {
                case ArchiveKind.Zip:
                    UnpackZip(stream, target);
                    break;
                case ArchiveKind.Tar:
                    UnpackTar(stream, target, limits);
                    break;
                case ArchiveKind.TarGz:
                    UnpackTar(new GZipStream(stream, CompressionMode.Decompress), target, limits);
                    break;
                case ArchiveKind.Gzip:
                    using (var content = new GZipStream(stream, CompressionMode.Decompress))
                    {
                        target.AddFile(Path.GetFileNameWithoutExtension(archive), content, declaredBytes: null);
                    }

                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(kind), kind, "must be a kind of archive");
            }
        }
        catch (Exception exception) when (IsOfTheArchive(exception))
        {
            // Faults of the disk were turned into MachineFaultException where they arose: these are the archive's.
            throw target.Refuse("a whole archive", $"one that is damaged ({exception.Message})", exception);
        }

        return target.Files;
    }

    private static void UnpackTar(Stream stream, UnpackFolder target, UnpackLimits limits)
    {
        // Headers and padding come on top of the files: at most some blocks for each entry, 64 KiB for long names.
        var most = (long)Int128.Min((Int128)limits.TotalBytes + ((Int128)limits.Entries * (1 << 16)), long.MaxValue);
        using var limited = new ArchiveStream(stream, most);
        using var reader = new TarReader(limited, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    target.AddFile(entry.Name, entry.DataStream ?? Stream.Null, entry.Length);
                    break;
                case TarEntryType.Directory:
                    target.AddFolder(entry.Name);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw target.Refuse(
                        "files and folders only",
                        $"'{ArchivePath.Show(entry.Name)}', which is of type {entry.EntryType}");
            }
        }

        // Cut between two entries, an archive looks whole but for the blocks of zeros that end it.
        if (limited.TrailingZeros < 512)
        {
            throw target.Refuse("a whole archive", $"one that ends early, after {target.Files.Count} files");
        }

        // To the end, where gzip's checksum is; tar pads, but not by much.
        var padding = new byte[MaximumPaddingBytes];
        if (limited.ReadAtLeast(padding, padding.Length, throwOnEndOfStream: false) == padding.Length)
        {
            throw target.Refuse("a whole archive", $"more than {padding.Length} bytes after its end");
        }
    }

    private static void UnpackZip(Stream stream, UnpackFolder target)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            var unixType = (entry.ExternalAttributes >> 16) & UnixTypeMask;
            if (unixType is not (0 or UnixRegular or UnixFolder))
            {
                throw target.Refuse(
                    "files and folders only", $"'{ArchivePath.Show(entry.FullName)}', which is a link or a device");
            }

            if (entry.IsEncrypted)
            {
                throw target.Refuse("open files", $"'{ArchivePath.Show(entry.FullName)}', which is encrypted");
            }

            if (entry.FullName.EndsWith('/') || unixType == UnixFolder)
            {
                target.AddFolder(entry.FullName);
                continue;
            }

            var checksum = new Crc32();
            using (var content = entry.Open())
            {
                target.AddFile(entry.FullName, content, entry.Length, bytes => checksum.Add(bytes.Span));
            }

            if (checksum.Value != entry.Crc32)
            {
                throw target.Refuse(
                    $"CRC-32 {entry.Crc32:x8} of '{ArchivePath.Show(entry.FullName)}'", $"{checksum.Value:x8}");
            }
        }
    }

    private static FileStream Open(string archive)
    {
        try
        {
            return new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unreadable(archive, "an archive", "check the path", exception);
        }
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(path, exception);
        }
    }

    private static void Land(string temporary, string target)
    {
        try
        {
            Directory.Move(temporary, target);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(target, exception);
        }
    }

    /// <summary>What the framework's readers throw at a damaged archive.</summary>
    private static bool IsOfTheArchive(Exception exception) => exception
        is InvalidDataException or IOException or NotSupportedException or FormatException or OverflowException
        or ArgumentException { ParamName: not "kind" } or IndexOutOfRangeException;
}
