using System.Text;

namespace Ensemble.Storage;

/// <summary>
/// Writes a file whole or not at all: a reader sees the old content or the new, whenever the process is killed.
/// </summary>
/// <remarks>
/// The content goes to a temporary file in the same folder, is flushed to the disk, and is renamed over the target. A
/// process killed meanwhile leaves that temporary file (<c>.NAME.*.tmp</c>), which <see cref="FolderLock"/> removes.
/// </remarks>
public static class AtomicFile
{
    internal const string TemporaryPattern = ".*.tmp";

    /// <summary>Writes text as UTF-8, without a byte order mark.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <param name="text">The whole content.</param>
    /// <exception cref="MachineFaultException">
    /// The folder cannot be created or written, or the disk is full.
    /// </exception>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        WriteBytes(path, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <param name="content">The whole content.</param>
    /// <exception cref="MachineFaultException">
    /// The folder cannot be created or written, or the disk is full.
    /// </exception>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> content) =>
        Write(path, stream => stream.Write(content.Span));

    /// <summary>Writes what a function puts into a stream.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <param name="write">
    /// Fills the stream, which can seek and is closed here. What it throws leaves the old file as it was; an
    /// <see cref="IOException"/> counts as a fault of the target.
    /// </param>
    /// <exception cref="MachineFaultException">
    /// The folder cannot be created or written, or the disk is full.
    /// </exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        var temporary = TemporaryPathFor(target);
        var isRenamed = false;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            WriteThrough(temporary, write);
            File.Move(temporary, target, overwrite: true);
            isRenamed = true;
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(target, exception);
        }
        finally
        {
            if (!isRenamed)
            {
                DiskFault.TryDelete(temporary);
            }
        }
    }

    private static void WriteThrough(string temporary, Action<Stream> write)
    {
        using var stream = new FileStream(
            temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    private static string TemporaryPathFor(string target)
    {
        var name = Path.GetFileName(target);
        if (name.Length == 0)
        {
            throw new ArgumentException($"must name a file, not a folder: {target}", nameof(target));
        }

        // A name of its own for each write, so that two writers cannot meet in one temporary file.
        return Path.Combine(Path.GetDirectoryName(target)!, $".{name}.{Guid.NewGuid():N}.tmp");
    }
}
