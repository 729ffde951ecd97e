namespace Ensemble.Data.Formats;

/// <summary>
/// A folder as STL-10's archive unpacks to, or the folder above it: <c>train_X.bin</c> with images of 3x96x96 bytes,
/// planes column by column; <c>train_y.bin</c> with a byte from 1 for each; so for <c>test</c>; and
/// <c>class_names.txt</c>. The images without labels are left alone. Format: https://cs.stanford.edu/~acoates/stl10.
/// </summary>
public static class Stl10Folder
{
    private const string FolderName = "stl10_binary";
    private const string NamesFile = "class_names.txt";

    private static readonly string[] s_files = [FileOf("train", "X"), FileOf("train", "y"), FileOf("test", "X"), FileOf("test", "y"), NamesFile];

    /// <summary>The shape of every image.</summary>
    public static ImageShape ImageShape { get; } = new(3, 96, 96);

    /// <summary>Reads the training and the test images and the class names.</summary>
    /// <param name="directory">The folder itself, or the one that holds it under its published name.</param>
    /// <param name="name">The data set's name.</param>
    /// <returns>Both splits, without validation images.</returns>
    /// <exception cref="DataFaultException">The folder or a file is missing (names all that are), or a file is
    /// faulty.</exception>
    public static DatasetSplits Load(string directory, string name = "stl10")
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var folder = FindFolder(directory);
        var missing = s_files.Where(file => !File.Exists(Path.Combine(folder, file))).ToArray();
        if (missing.Length > 0)
        {
            throw new DataFaultException(
                folder, $"the {s_files.Length} files of STL-10 in binary form",
                Directory.Exists(folder) ? $"no {string.Join(", no ", missing)}" : "no such folder",
                $"name the folder {FolderName} of the unpacked archive, or the one above it");
        }

        var names = CifarFolder.ReadLines(Path.Combine(folder, NamesFile));
        if (names.Length is < 1 or > byte.MaxValue)
        {
            throw new DataFaultException(
                Path.Combine(folder, NamesFile), $"1 to {byte.MaxValue} class names, one a line", $"{names.Length}", DataFileReader.GetAgain);
        }

        return new DatasetSplits(name, ReadSplit(folder, "train", names), ReadSplit(folder, "test", names));
    }

    /// <summary>Whether a folder, or the published one in it, has training images of this layout.</summary>
    internal static bool HoldsTrainingImages(string directory) =>
        s_files[..2].All(file => File.Exists(Path.Combine(FindFolder(directory), file)));

    private static string FindFolder(string directory)
    {
        var below = Path.Combine(directory, FolderName);
        return Directory.Exists(below) ? below : directory;
    }

    private static string FileOf(string split, string content) => $"{split}_{content}.bin";

    private static ImageDataset ReadSplit(string folder, string split, string[] names)
    {
        var pixels = ReadImages(Path.Combine(folder, FileOf(split, "X")));
        var labels = ReadLabels(Path.Combine(folder, FileOf(split, "y")), pixels.Length / ImageShape.ValueCount, names.Length);
        return new ImageDataset(ImageShape, pixels, labels, names, folder);
    }

    private static byte[] ReadImages(string path)
    {
        using var reader = DataFileReader.Open(path, "a binary file of STL-10's images", mayBeCompressed: false);
        var (count, excess) = Math.DivRem(reader.FileBytes, ImageShape.ValueCount);
        if (excess != 0)
        {
            throw new DataFaultException(
                path, $"whole images of {ImageShape.ValueCount} bytes", $"{reader.FileBytes} bytes, {count} images and {excess} bytes more",
                DataFileReader.GetAgain);
        }

        var pixels = reader.ReadBody((UInt128)reader.FileBytes, 0, $"{count} images of {ImageShape}");
        ColumnMajor.ToRows(pixels, ImageShape);
        return pixels;
    }

    private static int[] ReadLabels(string path, int count, int classCount)
    {
        using var reader = DataFileReader.Open(path, "a binary file of STL-10's labels", mayBeCompressed: false);
        if (reader.FileBytes != count)
        {
            throw new DataFaultException(path, $"{count} labels, one for each image", $"{reader.FileBytes}", DataFileReader.GetAgain);
        }

        var labels = reader.ReadBody((UInt128)count, 0, $"{count} labels");
        var outOfRange = labels.AsSpan().IndexOfAnyExceptInRange((byte)1, (byte)classCount);
        return outOfRange < 0
            ? Array.ConvertAll(labels, label => label - 1)
            : throw new DataFaultException(
                path, $"labels 1 to {classCount}", $"{labels[outOfRange]} at index {outOfRange}", DataFileReader.GetAgain);
    }
}
