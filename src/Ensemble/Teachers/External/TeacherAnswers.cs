using System.Globalization;
using System.Text;
using Ensemble.Storage;

namespace Ensemble.Teachers.External;

/// <summary>What a teacher that can only be asked said of every training image, read from a file.</summary>
public sealed class TeacherAnswers
{
    private readonly float[] _logits;

    private TeacherAnswers(string path, float[] logits, int classCount, string checksum)
    {
        Path = path;
        ClassCount = classCount;
        Checksum = checksum;
        _logits = logits;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Images that were asked about.</summary>
    public int SampleCount => _logits.Length / ClassCount;

    /// <summary>Classes of each answer.</summary>
    public int ClassCount { get; }

    /// <summary>The SHA-256 of the file and of how it was read: it stands for the teacher's weights in a run.</summary>
    public string Checksum { get; }

    /// <summary>[N, C] row-major logits, in the order of the training images; log-probabilities where the file has no logits.</summary>
    public ReadOnlyMemory<float> Logits => _logits;

    /// <summary>Reads an .npz or a .csv file; data/README.md describes both forms.</summary>
    /// <param name="path">The file, told by its extension.</param>
    /// <param name="sampleCount">Training images, at least 1: each must have one answer.</param>
    /// <param name="classCount">Classes of the data set, at least 2.</param>
    /// <param name="options">How hard answers are read; null for the defaults.</param>
    /// <exception cref="DataFaultException">
    /// The file is missing, damaged or of another form, of other classes, or a sample's answer is missing, given twice, or
    /// no distribution; the message says in which line or row.
    /// </exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TeacherAnswers Read(string path, int sampleCount, int classCount, AnswerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        options ??= new AnswerOptions();
        options.Validate(classCount);
        var table = new AnswerTable(path, sampleCount, classCount, options);
        switch (System.IO.Path.GetExtension(path).ToLowerInvariant())
        {
            case ".npz":
                NpzAnswers.Read(path, table);
                break;
            case ".csv":
                CsvAnswers.Read(path, table);
                break;
            default:
                throw table.Fault("a file .npz or .csv", $"'{System.IO.Path.GetExtension(path)}'");
        }

        var logits = table.Complete();
        var checksum = CanonicalJson.Hash(new { File = FileChecksum.Sha256(path), options.HardConfidence });
        return new TeacherAnswers(path, logits, classCount, checksum);
    }

    /// <summary>Writes answers as a .csv file of logits that <see cref="Read"/> gives back to the bit.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <param name="logits">[N, C] row-major logits, finite, in the order of the images.</param>
    /// <param name="classCount">C, at least 2.</param>
    /// <exception cref="ArgumentException">The values are no whole rows, or one is not finite.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public static void WriteCsv(string path, ReadOnlySpan<float> logits, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (logits.Length % classCount != 0)
        {
            throw new ArgumentException($"{logits.Length} values are no rows of {classCount}", nameof(logits));
        }

        var text = new StringBuilder("index");
        for (var label = 0; label < classCount; label++)
        {
            text.Append(CultureInfo.InvariantCulture, $",logit_{label}");
        }

        for (var place = 0; place < logits.Length; place++)
        {
            if (!float.IsFinite(logits[place]))
            {
                throw new ArgumentException($"row {place / classCount} has a logit that is not finite", nameof(logits));
            }

            if (place % classCount == 0)
            {
                text.Append('\n').Append(CultureInfo.InvariantCulture, $"{place / classCount}");
            }

            text.Append(',').Append(logits[place].ToString("R", CultureInfo.InvariantCulture));
        }

        AtomicFile.WriteText(path, text.Append('\n').ToString());
    }
}
