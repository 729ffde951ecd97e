using System.IO.Compression;
using Ensemble.Data;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

public sealed class NpzDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_MedMnistsLayout_GivesThreeSplits()
    {
        var path = Write(
            "bloodmnist.npz",
            ("train_images", NpyFiles.Counting("(3, 2, 2, 3)", 36)),
            ("train_labels", NpyFiles.Array("|u1", "(3, 1)", 0, 2, 1)),
            ("val_images", NpyFiles.Counting("(1, 2, 2, 3)", 12)),
            ("val_labels", NpyFiles.Array("|u1", "(1, 1)", 3)),
            ("test_images", NpyFiles.Counting("(2, 2, 2, 3)", 24)),
            ("test_labels", NpyFiles.Array("|u1", "(2, 1)", 0, 1)));

        var splits = NpzDataset.Load(path);

        Assert.Equal("bloodmnist", splits.Name);
        Assert.Equal(new ImageShape(3, 2, 2), splits.Train.Shape);
        Assert.Equal(["0", "1", "2", "3"], splits.Train.ClassNames);
        Assert.Equal((3, 1, 2), (splits.Train.Count, splits.Validation?.Count, splits.Test.Count));
        Assert.Equal([0, 2, 1], splits.Train.Labels.ToArray());
        Assert.Equal([3], splits.Validation!.Labels.ToArray());
        Assert.Equal<byte>([12, 15, 18, 21, 13, 16, 19, 22, 14, 17, 20, 23], splits.Train.Image(1).ToArray());
    }

    [Fact]
    public void Load_KerasLayoutInGrey_GivesTrainAndTest()
    {
        var path = Write(
            "digits.npz",
            ("x_train", NpyFiles.Counting("(2, 2, 3)", 12)),
            ("y_train", NpyFiles.Array("<i8", "(2,)", [1, .. new byte[15]])),
            ("x_test", NpyFiles.Counting("(1, 2, 3, 1)", 6)),
            ("y_test", NpyFiles.Labels(1)));

        var splits = NpzDataset.Load(path);

        Assert.Null(splits.Validation);
        Assert.Equal(new ImageShape(1, 2, 3), splits.Train.Shape);
        Assert.Equal([1, 0], splits.Train.Labels.ToArray());
        Assert.Equal<byte>([6, 7, 8, 9, 10, 11], splits.Train.Image(1).ToArray());
        Assert.Equal([1], splits.Test.Labels.ToArray());
    }

    [Fact]
    public void Load_PlainLayout_CarvesTestImagesBySeed()
    {
        var path = Write(
            "own.npz",
            ("images", NpyFiles.Counting("(36, 1, 1)", 36)),
            ("labels", NpyFiles.Labels([.. Enumerable.Range(0, 36).Select(index => (byte)(index % 3))])));

        var splits = NpzDataset.Load(path, seed: 5);

        Assert.Equal((30, 6), (splits.Train.Count, splits.Test.Count));
        Assert.Equal([2, 2, 2], splits.Test.CountPerClass());
        Assert.Equal(36, splits.Train.Pixels.ToArray().Union(splits.Test.Pixels.ToArray()).Count());
        Assert.Equal(splits.Test.Checksum, NpzDataset.Load(path, seed: 5).Test.Checksum);
        Assert.NotEqual(splits.Test.Checksum, NpzDataset.Load(path, seed: 6).Test.Checksum);
        Assert.Equal(18, NpzDataset.Load(path, testShare: 0.5).Test.Count);
    }

    [Fact]
    public void Load_ChannelsFirst_IsSeenByTheSizes()
    {
        var path = Write(
            "planes.npz",
            ("images", NpyFiles.Counting("(4, 3, 2, 2)", 48)),
            ("labels", NpyFiles.Labels(0, 0, 1, 1)));

        var splits = NpzDataset.Load(path);

        Assert.Equal(new ImageShape(3, 2, 2), splits.Train.Shape);
        Assert.Equal(Enumerable.Range(splits.Test.Pixels.Span[0], 12).Select(value => (byte)value), splits.Test.Image(0).ToArray());
    }

    public static TheoryData<string, byte[], byte[], string> Faulty => new()
    {
        { "floats", NpyFiles.Array("<f4", "(1, 1, 1)", 0, 0, 0, 0), NpyFiles.Labels(0), "Float32 [1, 1, 1]" },
        { "no images", NpyFiles.Array("|u1", "(0, 2, 2)"), NpyFiles.Labels(0), "[0, 2, 2]" },
        { "flat images", NpyFiles.Counting("(2, 4)", 8), NpyFiles.Labels(0, 1), "[2, 4]" },
        { "RGBA", NpyFiles.Counting("(1, 2, 2, 4)", 16), NpyFiles.Labels(0), "[1, 2, 2, 4]" },
        { "volumes", NpyFiles.Counting("(1, 2, 2, 2, 1)", 8), NpyFiles.Labels(0), "[1, 2, 2, 2, 1]" },
        { "several labels", NpyFiles.Counting("(1, 1, 1)", 1), NpyFiles.Array("|u1", "(1, 14)", new byte[14]), "several labels" },
        { "float labels", NpyFiles.Counting("(1, 1, 1)", 1), NpyFiles.Array("<f4", "(1,)", 0, 0, 0, 0), "Float32" },
        { "one label alone", NpyFiles.Counting("(1, 1, 1)", 1), NpyFiles.Array("|u1", "()", 0), "UInt8 []" },
        { "negative label", NpyFiles.Counting("(1, 1, 1)", 1), NpyFiles.Array("|i1", "(1,)", 0xFF), "-1 at index 0" },
        { "huge label", NpyFiles.Counting("(1, 1, 1)", 1), NpyFiles.Array("<i4", "(1,)", 0, 0, 1, 0), "65536 at index 0" },
        { "too few labels", NpyFiles.Counting("(2, 1, 1)", 2), NpyFiles.Labels(0), "1" },
        { "nothing to carve from", NpyFiles.Counting("(2, 1, 1)", 2), NpyFiles.Labels(0, 1), "2 images of 2 classes" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Load_FaultyArrays_SaysWhatWasExpectedAndFound(string fault, byte[] images, byte[] labels, string found)
    {
        var path = Write("faulty.npz", ("images", images), ("labels", labels));

        var exception = Assert.Throws<DataFaultException>(() => NpzDataset.Load(path));

        Assert.Equal(path, exception.Path);
        Assert.True(exception.Found.Contains(found, StringComparison.Ordinal), $"{fault}: {exception.Message}");
    }

    [Fact]
    public void Load_ArraysOfOtherNamesOrShapes_IsAFault()
    {
        var image = NpyFiles.Counting("(1, 1, 1)", 1);
        var label = NpyFiles.Labels(0);

        Assert.Contains("only data", Fault(("data", image)), StringComparison.Ordinal);
        Assert.Contains("no arrays", Fault(), StringComparison.Ordinal);
        Assert.Contains("test_labels", Fault(("train_images", image), ("train_labels", label), ("test_images", image)), StringComparison.Ordinal);
        Assert.Contains("test_images", Fault(("train_images", image), ("train_labels", label), ("test_labels", label)), StringComparison.Ordinal);
        Assert.Contains(
            "1x1x2",
            Fault(("x_train", image), ("y_train", label), ("x_test", NpyFiles.Counting("(1, 1, 2)", 2)), ("y_test", label)),
            StringComparison.Ordinal);

        string Fault(params (string, byte[])[] entries)
        {
            var path = Write("faulty.npz", entries);
            return Assert.Throws<DataFaultException>(() => NpzDataset.Load(path)).Message;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Load_ShareOutOfRange_Throws(double testShare) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NpzDataset.Load("data.npz", testShare: testShare));

    [Fact]
    public void Load_MutatedFiles_ReadsOrIsADataFault()
    {
        (string, byte[])[] entries =
        [
            ("train_images", NpyFiles.Counting("(6, 2, 2, 3)", 72)),
            ("train_labels", NpyFiles.Array("|u1", "(6, 1)", 0, 1, 0, 1, 0, 1)),
            ("val_images", NpyFiles.Counting("(1, 2, 2, 3)", 12)),
            ("val_labels", NpyFiles.Labels(1)),
        ];
        byte[][] originals =
            [NpyFiles.Archive(entries), NpyFiles.Archive(CompressionLevel.SmallestSize, entries)];
        for (var round = 0; round < 1000; round++)
        {
            var random = new RandomStream(2, "test/npz-mutations", sample: (ulong)round);
            var path = _folder.Write("mutant.npz", Mutation.Draw(random, originals[round % originals.Length]));

            var outcome = Record.Exception(() => NpzDataset.Load(path));

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
        }
    }

    private string Write(string name, params (string, byte[])[] entries) =>
        _folder.Write(name, NpyFiles.Archive(entries));
}
