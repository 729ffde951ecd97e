namespace Ensemble.Data;

/// <summary>
/// One of the two binary layouts of CIFAR: records of label bytes and 3072 pixel bytes (planes of red, green, blue, 32
/// rows of 32). Format: https://www.cs.toronto.edu/~kriz/cifar.html.
/// </summary>
public sealed record CifarFormat
{
    private CifarFormat()
    {
    }

    /// <summary>CIFAR-10: one label byte, 10 classes, five training files.</summary>
    public static CifarFormat Cifar10 { get; } = new()
    {
        Name = "cifar10",
        FolderName = "cifar-10-batches-bin",
        TrainFiles =
        [
            "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin",
        ],
        TestFile = "test_batch.bin",
        ClassNamesFile = "batches.meta.txt",
        LabelRanges = [10],
    };

    /// <summary>CIFAR-100: a coarse label byte (20 groups), then the fine one (100 classes), which is the label
    /// used.</summary>
    public static CifarFormat Cifar100 { get; } = new()
    {
        Name = "cifar100",
        FolderName = "cifar-100-binary",
        TrainFiles = ["train.bin"],
        TestFile = "test.bin",
        ClassNamesFile = "fine_label_names.txt",
        LabelRanges = [20, 100],
    };

    /// <summary>The shape of every image, 3x32x32.</summary>
    public static ImageShape ImageShape { get; } = new(3, 32, 32);

    /// <summary>The data set's name in the registry.</summary>
    public required string Name { get; init; }

    /// <summary>The folder that the published archive unpacks to.</summary>
    public required string FolderName { get; init; }

    /// <summary>The files of the training split, in order.</summary>
    public required IReadOnlyList<string> TrainFiles { get; init; }

    /// <summary>The file of the test split.</summary>
    public required string TestFile { get; init; }

    /// <summary>The text file of class names, one a line.</summary>
    public required string ClassNamesFile { get; init; }

    /// <summary>One more than the largest value of each label byte, in the order of the bytes; the last byte is the
    /// label used.</summary>
    public required IReadOnlyList<int> LabelRanges { get; init; }

    /// <summary>Classes of the label that is used.</summary>
    public int ClassCount => LabelRanges[^1];

    /// <summary>Bytes of one record: its label bytes and its pixels.</summary>
    public int RecordBytes => LabelRanges.Count + ImageShape.ValueCount;
}
