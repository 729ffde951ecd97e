using System.Text.Json;
using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>
/// A metrics.jsonl: a JSON object a line, appended as training goes. A line counts once its newline is written: what a
/// killed process left of its last line is passed over when reading and cut off before the next line is appended.
/// </summary>
/// <remarks>
/// One writer at a time (the run's lock holds that). Lines reach the operating system at once, and the disk when it
/// writes them.
/// </remarks>
/// <param name="path">The file; it and the folders above it are created by the first <see cref="Append"/>.</param>
public sealed class MetricsLog(string path)
{
    /// <summary>The log's name in a stage's folder.</summary>
    public const string FileName = "metrics.jsonl";

    private const string Expected = "a metrics log of whole JSON lines";
    private const string Remedy = "delete the file and run the stage again";
    private const long MaximumLength = 1L << 30;
    private const byte NewLine = (byte)'\n';

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Appends an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">
    /// A value is out of range or not finite; every such value is named.
    /// </exception>
    /// <exception cref="MachineFaultException">The file cannot be written, or the disk is full.</exception>
    public void Append(MetricsEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var faults = new RecordFaults();
        ((IRecord)entry).FindFaults(faults);
        if (faults.Messages.Count > 0)
        {
            throw new ArgumentException($"step {entry.Step}: {string.Join("; ", faults.Messages)}", nameof(entry));
        }

        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, RecordJson.Compact), NewLine];
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!);
            // No buffer: the line goes out in one write.
            using var stream = new FileStream(
                Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            stream.Position = CutTornLine(stream);
            stream.Write(line);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(Path, exception);
        }
    }

    /// <summary>Reads every whole line.</summary>
    /// <returns>The entries, in the file's order.</returns>
    /// <exception cref="DataFaultException">
    /// The file is missing, or a line other than an unfinished last one is no entry.
    /// </exception>
    public IReadOnlyList<MetricsEntry> Read() => [.. ReadLines().Select(line => line.Entry)];

    /// <summary>
    /// Drops the entries past an epoch, so that a training resumed after it writes them again. A missing file stays
    /// missing.
    /// </summary>
    /// <param name="epoch">The last epoch to keep; -1 keeps none.</param>
    /// <exception cref="DataFaultException">A line other than an unfinished last one is no entry.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written, or the disk is full.</exception>
    public void TruncateAfter(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, -1);
        if (!File.Exists(Path))
        {
            return;
        }

        var kept = ReadLines().Where(line => line.Entry.Epoch <= epoch).ToList();
        AtomicFile.Write(Path, stream =>
        {
            foreach (var (text, _) in kept)
            {
                stream.Write(text.Span);
            }
        });
    }

    /// <summary>Cuts off what follows the last newline.</summary>
    /// <returns>The length that is left.</returns>
    private static long CutTornLine(FileStream stream)
    {
        var length = stream.Length;
        while (length > 0)
        {
            stream.Position = length - 1;
            if (stream.ReadByte() == NewLine)
            {
                break;
            }

            length--;
        }

        if (length < stream.Length)
        {
            stream.SetLength(length);
        }

        return length;
    }

    private List<(ReadOnlyMemory<byte> Text, MetricsEntry Entry)> ReadLines()
    {
        ReadOnlyMemory<byte> rest = DiskFault.ReadAllBytes(Path, Expected, Remedy, MaximumLength);
        var lines = new List<(ReadOnlyMemory<byte> Text, MetricsEntry Entry)>();
        for (var end = rest.Span.IndexOf(NewLine); end >= 0; end = rest.Span.IndexOf(NewLine))
        {
            lines.Add((rest[..(end + 1)], Parse(rest.Span[..end], lines.Count + 1)));
            rest = rest[(end + 1)..];
        }

        return lines;
    }

    private MetricsEntry Parse(ReadOnlySpan<byte> text, int lineNumber)
    {
        var expected = $"{Expected} at line {lineNumber}";
        var entry = RecordJson.Parse<MetricsEntry>(Path, text, expected, Remedy);
        var faults = new RecordFaults();
        ((IRecord)entry).FindFaults(faults);
        return faults.Messages.Count == 0
            ? entry
            : throw new DataFaultException(Path, expected, string.Join("; ", faults.Messages), Remedy);
    }
}
