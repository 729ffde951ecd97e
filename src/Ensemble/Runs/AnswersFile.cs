using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Ensemble.Measurement;
using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>
/// What the models of a run answer on each test image, with the labels and a few of the images: what a report needs beyond results.json.
/// </summary>
/// <remarks>
/// Layout, little-endian: 8 bytes "ENANSW01"; int32 length of the header; the header as UTF-8 JSON; N int32 labels; for each model
/// N x C float16 log-probabilities; the pictures one after another; 32 bytes of sha256 over all that is before.
/// </remarks>
public sealed class AnswersFile
{
    private const int DigestBytes = 32;
    private const int PrefixBytes = 12;
    private const long MaximumLength = 1L << 30;
    private const string Expected = "the answers of a run on its test images";
    private const string Remedy = "delete the file, and type the command that made the run again: the evaluation writes it anew";

    /// <summary>What it was made of.</summary>
    public required AnswersHeader Header { get; init; }

    /// <summary>[N] the true classes, 0 to C - 1.</summary>
    public required IReadOnlyList<int> Labels { get; init; }

    /// <summary>The answers, in the order of the header's models.</summary>
    public required IReadOnlyList<ModelAnswers> Answers { get; init; }

    /// <summary>PNGs, in the order of the header's pictures.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Pictures { get; init; }

    private static ReadOnlySpan<byte> Magic => "ENANSW01"u8;

    /// <summary>The answers of a model as they are, at temperature 1.</summary>
    /// <param name="role">What it is for.</param>
    /// <returns>The first of the role; null for none.</returns>
    public ModelAnswers? Find(ModelRole role) => Find(role, 1);

    /// <summary>The answers of the ensemble at the temperature it was softened at, as the student learnt them.</summary>
    /// <param name="temperature">The temperature.</param>
    /// <returns>The answers; null where there are none at this temperature.</returns>
    public ModelAnswers? FindSoftened(double temperature) => Find(ModelRole.Ensemble, temperature);

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFaultException">It is missing, damaged, or no such file; the message says what.</exception>
    public static AnswersFile Read(string path)
    {
        var content = DiskFault.ReadAllBytes(path, Expected, Remedy, MaximumLength);
        if (content.Length < PrefixBytes + DigestBytes || !content.AsSpan().StartsWith(Magic))
        {
            throw Fault(path, $"{Expected}, beginning with ENANSW01", "another file");
        }

        var body = content.AsMemory(0, content.Length - DigestBytes);
        var headerBytes = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(Magic.Length));
        if (headerBytes < 2 || headerBytes > body.Length - PrefixBytes) throw Fault(path, "a header within the file", $"one of {headerBytes} bytes");
        if (!SHA256.HashData(body.Span).AsSpan().SequenceEqual(content.AsSpan(body.Length))) throw Fault(path, "content with its sha256 at the end", "other bytes, or fewer");
        var header = ReadHeader(path, body.Span.Slice(PrefixBytes, headerBytes));
        return ReadBody(path, header, body[(PrefixBytes + headerBytes)..]);
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <exception cref="ArgumentException">The parts do not fit the header; every fault is named.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var faults = FindFaults();
        if (faults.Count > 0) throw new ArgumentException($"{Path.GetFileName(path)}: {string.Join("; ", faults)}", nameof(path));
        using var stream = new MemoryStream();
        var header = JsonSerializer.SerializeToUtf8Bytes(Header, RecordJson.Compact);
        stream.Write(Magic);
        WriteInteger(stream, header.Length);
        stream.Write(header);
        foreach (var label in Labels)
        {
            WriteInteger(stream, label);
        }

        foreach (var answers in Answers)
        {
            stream.Write(ToBytes(answers.LogProbabilities.Span));
        }

        foreach (var picture in Pictures)
        {
            stream.Write(picture.Span);
        }

        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        AtomicFile.WriteBytes(path, stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }

    private ModelAnswers? Find(ModelRole role, double temperature)
    {
        var place = Header.Models.Select((model, index) => (model, index)).FirstOrDefault(entry => entry.model.Role == role && entry.model.Temperature.Equals(temperature), (null!, -1)).index;
        return place < 0 ? null : Answers[place];
    }

    private static AnswersHeader ReadHeader(string path, ReadOnlySpan<byte> json)
    {
        var header = RecordJson.Parse<AnswersHeader>(path, json, $"{Expected}, with a header in JSON", Remedy);
        var faults = new RecordFaults();
        ((IRecord)header).FindFaults(faults);
        return faults.Messages.Count == 0 ? header : throw Fault(path, Expected, string.Join("; ", faults.Messages));
    }

    private static AnswersFile ReadBody(string path, AnswersHeader header, ReadOnlyMemory<byte> body)
    {
        var values = (long)header.Count * header.ClassNames.Count;
        var length = (4L * header.Count) + (2 * values * header.Models.Count) + header.Pictures.Sum(picture => (long)picture.Bytes);
        if (length != body.Length) throw Fault(path, $"{length} bytes behind the header", $"{body.Length}");
        var labels = Enumerable.Range(0, header.Count).Select(image => BinaryPrimitives.ReadInt32LittleEndian(body.Span[(4 * image)..])).ToArray();
        var at = 4 * header.Count;
        try
        {
            var answers = header.Models.Select((_, index) => new ModelAnswers(ToHalves(body.Span.Slice(at + (int)(2 * values * index), (int)(2 * values))), header.ClassNames.Count)).ToArray();
            at += (int)(2 * values) * header.Models.Count;
            var pictures = new List<ReadOnlyMemory<byte>>();
            foreach (var picture in header.Pictures)
            {
                pictures.Add(body.Slice(at, picture.Bytes));
                at += picture.Bytes;
            }

            var file = new AnswersFile { Header = header, Labels = labels, Answers = answers, Pictures = pictures };
            return file.FindFaults() is { Count: > 0 } faults ? throw Fault(path, Expected, string.Join("; ", faults)) : file;
        }
        catch (ArgumentException exception)
        {
            throw Fault(path, "log-probabilities", exception.Message);
        }
    }

    private IReadOnlyList<string> FindFaults()
    {
        var faults = new RecordFaults();
        ((IRecord)Header).FindFaults(faults);
        var classes = Header.ClassNames.Count;
        faults.Require(Labels.Count == Header.Count && Labels.All(label => label >= 0 && label < classes), "labels", $"must be {Header.Count}, each 0 to {classes - 1}");
        faults.Require(Answers.Count == Header.Models.Count && Answers.All(answers => answers.Count == Header.Count && answers.ClassCount == classes), "answers", $"must be of {Header.Models.Count} models on {Header.Count} images and {classes} classes");
        faults.Require(Pictures.Select(picture => picture.Length).SequenceEqual(Header.Pictures.Select(picture => picture.Bytes)), "pictures", "must have the header's lengths");
        return faults.Messages;
    }

    private static byte[] ToBytes(ReadOnlySpan<Half> values)
    {
        var bytes = new byte[2 * values.Length];
        for (var index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * index), values[index]);
        }

        return bytes;
    }

    private static Half[] ToHalves(ReadOnlySpan<byte> bytes)
    {
        var values = new Half[bytes.Length / 2];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * index)..]);
        }

        return values;
    }

    private static void WriteInteger(Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static DataFaultException Fault(string path, string expected, string found) => new(path, expected, found, Remedy);
}
