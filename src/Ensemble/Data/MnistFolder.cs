namespace Ensemble.Data;

/// <summary>
/// A folder that holds MNIST's four idx files, or another data set's of the same layout (Fashion-MNIST, KMNIST):
/// <c>train-images-idx3-ubyte</c> and so on, or with a dot, <c>train-images.idx3-ubyte</c>; plain, or with <c>.gz</c>
/// after it.
/// </summary>
public static class MnistFolder
{
    /// <summary>The names of MNIST's classes, the digits <c>0</c> to <c>9</c>.</summary>
    public static IReadOnlyList<string> Digits { get; } = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Reads the training and the test images.</summary>
    /// <param name="directory">The folder. Where a file is there in several spellings, the plain one with hyphens goes
    /// first.</param>
    /// <param name="classNames">A name for each class; null for <see cref="Digits"/>.</param>
    /// <param name="name">The data set's name.</param>
    /// <returns>Both splits, without validation images.</returns>
    /// <exception cref="DataFaultException">The folder or a file is missing (names all that are), or a file is
    /// faulty.</exception>
    public static DatasetSplits Load(string directory, IReadOnlyList<string>? classNames = null, string name = "mnist")
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string[] stems = ["train-images", "train-labels", "t10k-images", "t10k-labels"];
        var paths = stems.Select(stem => Find(directory, stem)).ToArray();
        var missing = stems.Where((_, index) => paths[index] is null).Select(stem => Spellings(stem)[0]).ToArray();
        if (missing.Length > 0)
        {
            throw new DataFaultException(
                directory,
                "the four idx files of an MNIST-like data set, plain or .gz",
                Directory.Exists(directory) ? $"no {string.Join(", no ", missing)}" : "no such folder",
                "name the folder that holds them");
        }

        var train = IdxReader.Read(paths[0]!, paths[1]!, classNames ?? Digits);
        var test = IdxReader.Read(paths[2]!, paths[3]!, classNames ?? Digits);
        return test.Shape == train.Shape
            ? new DatasetSplits(name, train, test)
            : throw new DataFaultException(
                paths[2]!, $"images of {train.Shape}, as in {paths[0]}", $"{test.Shape}",
                "use files of the same data set");
    }

    /// <summary>Whether a folder has a file of training images, in one of the spellings.</summary>
    internal static bool HoldsTrainingImages(string directory) => Find(directory, "train-images") is not null;

    private static string? Find(string directory, string stem) =>
        Spellings(stem).Select(file => Path.Combine(directory, file)).FirstOrDefault(File.Exists);

    private static string[] Spellings(string stem)
    {
        var rank = stem.EndsWith("images", StringComparison.Ordinal) ? 3 : 1;
        var (hyphened, dotted) = ($"{stem}-idx{rank}-ubyte", $"{stem}.idx{rank}-ubyte");
        return [hyphened, dotted, $"{hyphened}.gz", $"{dotted}.gz"];
    }
}
