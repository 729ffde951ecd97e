using System.Globalization;

namespace Ensemble.Data.Formats;

/// <summary>
/// Data sets by the path of a folder of CIFAR binaries: CIFAR-10's or CIFAR-100's own files, or one's own data of
/// CIFAR-10's layout: <c>data_batch_1.bin</c> and on, <c>test_batch.bin</c>, and <c>batches.meta.txt</c>, which names a
/// class a line, up to 256.
/// </summary>
public sealed class CifarFolderPathReader : IDatasetPathReader
{
    private const string BatchStem = "data_batch_";

    /// <inheritdoc/>
    public string Reads => "a folder of CIFAR binaries";

    /// <inheritdoc/>
    public bool Recognises(string path) => FormatOf(path) is not null;

    /// <inheritdoc/>
    public DatasetSplits Load(string path, DatasetRequest request) =>
        CifarFolder.Load(path, FormatOf(path) == CifarFormat.Cifar100 ? CifarFormat.Cifar100 : Own(path));

    private static CifarFormat? FormatOf(string path)
    {
        CifarFormat[] formats = [CifarFormat.Cifar10, CifarFormat.Cifar100];
        return formats.FirstOrDefault(format => Directory.Exists(Path.Combine(path, format.FolderName)))
            ?? formats.FirstOrDefault(
                format => File.Exists(Path.Combine(path, format.TrainFiles[0]))
                    && File.Exists(Path.Combine(path, format.ClassNamesFile)));
    }

    /// <summary>CIFAR-10's format, with the classes and the training files that a folder has.</summary>
    private static CifarFormat Own(string path)
    {
        var published = CifarFormat.Cifar10;
        if (Directory.Exists(Path.Combine(path, published.FolderName)))
        {
            return published;
        }

        var files = Directory.GetFiles(path, BatchStem + "*.bin")
            .Select(file => Path.GetFileName(file))
            .OrderBy(file => BatchNumber(file))
            .ThenBy(file => file, StringComparer.Ordinal)
            .ToArray();
        var classCount = CifarFolder.CountClassNames(path, published);
        return files.SequenceEqual(published.TrainFiles) && classCount == published.ClassCount
            ? published
            : published with { Name = FolderName.Of(path), TrainFiles = files, LabelRanges = [classCount] };
    }

    private static int BatchNumber(string file)
    {
        var digits = Path.GetFileNameWithoutExtension(file)[BatchStem.Length..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : int.MaxValue;
    }
}
