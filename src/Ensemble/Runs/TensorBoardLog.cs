using System.Buffers.Binary;
using System.Numerics;
using Ensemble.Storage;
using Google.Protobuf;

namespace Ensemble.Runs;

/// <summary>A metrics log as TensorBoard reads it: point it at the run's folder.</summary>
/// <remarks>
/// A file of records (TensorFlow, tensorflow/core/lib/io/record_writer.h): length (uint64, little-endian), its masked CRC-32C,
/// the bytes, their masked CRC-32C. Each holds an Event (tensorflow/core/util/event.proto).
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="clock">Dates the events.</param>
public sealed class TensorBoardLog(string path, TimeProvider clock)
{
    /// <summary>The file's name in a stage's folder; TensorBoard looks for <c>tfevents</c> in it.</summary>
    public const string FileName = "events.out.tfevents.ensemble";

    private const string FormatVersion = "brain.Event:2";

    // The fields of Event, Summary and Summary.Value that are written.
    private const int WallTimeField = 1;
    private const int StepField = 2;
    private const int VersionField = 3;
    private const int SummaryField = 5;
    private const int ValueField = 1;
    private const int TagField = 1;
    private const int SimpleValueField = 2;

    /// <summary>Writes the file anew, whole or not at all.</summary>
    /// <param name="entries">What it holds; dated back from now by their seconds.</param>
    /// <exception cref="MachineFaultException">The file cannot be written, or the disk is full.</exception>
    public void Rewrite(IReadOnlyList<MetricsEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var now = Now();
        var last = entries.Count == 0 ? 0 : entries[^1].Seconds;
        AtomicFile.Write(path, stream =>
        {
            stream.Write(Record(Event(now - last, 0, output =>
            {
                output.WriteTag(VersionField, WireFormat.WireType.LengthDelimited);
                output.WriteString(FormatVersion);
            })));
            foreach (var entry in entries)
            {
                stream.Write(Record(ToEvent(entry, now - last + entry.Seconds)));
            }
        });
    }

    /// <summary>Appends an entry to a file that <see cref="Rewrite"/> began.</summary>
    /// <exception cref="MachineFaultException">The file cannot be written, or the disk is full.</exception>
    public void Append(MetricsEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            stream.Write(Record(ToEvent(entry, Now())));
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(path, exception);
        }
    }

    private double Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    private static byte[] ToEvent(MetricsEntry entry, double wallTime) => Event(wallTime, entry.Step, output =>
    {
        var summary = Message(inner =>
        {
            foreach (var (term, value) in entry.Losses)
            {
                WriteScalar(inner, $"loss/{term}", value);
            }

            if (entry.Accuracy is { } accuracy)
            {
                WriteScalar(inner, "accuracy", accuracy);
            }

            WriteScalar(inner, "learning rate", entry.LearningRate);
            WriteScalar(inner, "images per second", entry.ImagesPerSecond);
        });
        output.WriteTag(SummaryField, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(summary));
    });

    private static void WriteScalar(CodedOutputStream output, string tag, double value)
    {
        var scalar = Message(inner =>
        {
            inner.WriteTag(TagField, WireFormat.WireType.LengthDelimited);
            inner.WriteString(tag);
            inner.WriteTag(SimpleValueField, WireFormat.WireType.Fixed32);
            inner.WriteFloat((float)value);
        });
        output.WriteTag(ValueField, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(scalar));
    }

    private static byte[] Event(double wallTime, long step, Action<CodedOutputStream> what) => Message(output =>
    {
        output.WriteTag(WallTimeField, WireFormat.WireType.Fixed64);
        output.WriteDouble(wallTime);
        output.WriteTag(StepField, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        what(output);
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var output = new CodedOutputStream(memory, leaveOpen: true))
        {
            write(output);
        }

        return memory.ToArray();
    }

    private static byte[] Record(byte[] message)
    {
        var record = new byte[sizeof(ulong) + sizeof(uint) + message.Length + sizeof(uint)];
        var length = record.AsSpan(0, sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedChecksum(length));
        message.CopyTo(record, sizeof(ulong) + sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), MaskedChecksum(message));
        return record;
    }

    // crc32c.h: rotated right by 15 bits, plus a constant, so that a checksum of bytes that hold checksums stays sound.
    private static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return BitOperations.RotateRight(~checksum, 15) + 0xa282ead8;
    }
}
