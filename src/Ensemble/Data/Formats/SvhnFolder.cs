namespace Ensemble.Data.Formats;

/// <summary>
/// A folder of SVHN's cropped digits: <c>train_32x32.mat</c> and <c>test_32x32.mat</c>, MATLAB 5 files of
/// <c>X</c> [H, W, C, N] uint8 and <c>y</c> [N, 1], 1 to 9 and 10 for the digit 0. Format:
/// http://ufldl.stanford.edu/housenumbers.
/// </summary>
public static class SvhnFolder
{
    private const string TrainFile = "train_32x32.mat";
    private const string TestFile = "test_32x32.mat";
    private const int LabelOfZero = 10;

    /// <summary>Reads the training and the test images.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="name">The data set's name.</param>
    /// <returns>Both splits, without validation images; classes are the digits.</returns>
    /// <exception cref="DataFaultException">The folder or a file is missing (names all that are), or a file is
    /// faulty.</exception>
    public static DatasetSplits Load(string directory, string name = "svhn")
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string[] files = [TrainFile, TestFile];
        var missing = files.Where(file => !File.Exists(Path.Combine(directory, file))).ToArray();
        if (missing.Length > 0)
        {
            throw new DataFaultException(
                directory, $"the files {TrainFile} and {TestFile}",
                Directory.Exists(directory) ? $"no {string.Join(", no ", missing)}" : "no such folder", "name the folder that holds them");
        }

        var train = ReadSplit(Path.Combine(directory, TrainFile));
        var test = ReadSplit(Path.Combine(directory, TestFile));
        return test.Shape == train.Shape
            ? new DatasetSplits(name, train, test)
            : throw new DataFaultException(
                Path.Combine(directory, TestFile), $"images of {train.Shape}, as in {TrainFile}", $"{test.Shape}", "use files of the same data set");
    }

    /// <summary>Whether a folder has a file of training images.</summary>
    internal static bool HoldsTrainingImages(string directory) => File.Exists(Path.Combine(directory, TrainFile));

    private static ImageDataset ReadSplit(string path)
    {
        var arrays = Mat5File.Read(path, ["X", "y"]);
        var (images, labels) = (arrays["X"], arrays["y"]);
        var sizes = images.Sizes;
        if (sizes.Count is not (3 or 4) || sizes[2] is not (1 or 3))
        {
            throw Fault(path, "images X of [H, W, C, N], C 1 or 3", $"{images}");
        }

        var shape = new ImageShape(sizes[2], sizes[0], sizes[1]);
        var count = images.Values.Length / shape.ValueCount;
        if (labels.Values.Length != count)
        {
            throw Fault(path, $"{count} labels y, one for each image", $"{labels}");
        }

        var outOfRange = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)1, (byte)LabelOfZero);
        if (outOfRange >= 0)
        {
            throw Fault(path, $"labels y of 1 to {LabelOfZero}", $"{labels.Values[outOfRange]} at index {outOfRange}");
        }

        ColumnMajor.ToRows(images.Values, shape);
        return new ImageDataset(
            shape, images.Values, Array.ConvertAll(labels.Values, label => label % LabelOfZero), MnistFolder.Digits, path);
    }

    private static DataFaultException Fault(string path, string expected, string found) => new(path, expected, found, DataFileReader.GetAgain);
}
