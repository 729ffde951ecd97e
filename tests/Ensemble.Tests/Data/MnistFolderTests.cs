using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class MnistFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-", "")]
    [InlineData(".", "")]
    [InlineData("-", ".gz")]
    [InlineData(".", ".gz")]
    public void Load_EitherSpelling_FindsTheFourFiles(string separator, string ending)
    {
        WriteFour(separator, ending, testSide: 2);

        var splits = MnistFolder.Load(_folder.FullPath);

        Assert.Equal("mnist", splits.Name);
        Assert.Equal((3, 2), (splits.Train.Count, splits.Test.Count));
        Assert.Equal([5, 0, 4], splits.Train.Labels.ToArray());
        Assert.Equal([7, 2], splits.Test.Labels.ToArray());
        Assert.Equal("7", splits.Test.ClassNames[7]);
    }

    [Fact]
    public void Load_FilesMissing_NamesAllOfThem()
    {
        _folder.Write("train-images-idx3-ubyte", IdxFiles.Images(3, 2));
        _folder.Write("t10k-labels.idx1-ubyte.gz", IdxFiles.Labels(2, 7, 2));

        var exception = Assert.Throws<DataFaultException>(() => MnistFolder.Load(_folder.FullPath));

        Assert.Equal("no train-labels-idx1-ubyte, no t10k-images-idx3-ubyte", exception.Found);
    }

    [Fact]
    public void Load_NoFolder_SaysSo()
    {
        var exception = Assert.Throws<DataFaultException>(
            () => MnistFolder.Load(Path.Combine(_folder.FullPath, "absent")));

        Assert.Equal("no such folder", exception.Found);
    }

    [Fact]
    public void Load_TestImagesOfAnotherSize_IsAFault()
    {
        WriteFour("-", "", testSide: 3);

        var exception = Assert.Throws<DataFaultException>(() => MnistFolder.Load(_folder.FullPath));

        Assert.Equal("1x3x3", exception.Found);
    }

    [Fact]
    [Trait("Category", "RealData")]
    public void Load_RealMnist_HasThePublishedContent()
    {
        var splits = MnistFolder.Load(SharedData.RequireFolder("mnist"));

        Assert.Equal(new ImageShape(1, 28, 28), splits.Train.Shape);
        Assert.Equal((60_000, 10_000), (splits.Train.Count, splits.Test.Count));
        Assert.Equal([5, 0, 4, 1, 9], splits.Train.Labels[..5].ToArray());
        Assert.Equal([7, 2, 1, 0, 4], splits.Test.Labels[..5].ToArray());
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], splits.Train.CountPerClass());
        var statistics = ChannelStatistics.Measure(splits.Train);
        Assert.Equal(0.1307, statistics.Mean[0], 4);
        Assert.Equal(0.3081, statistics.StandardDeviation[0], 4);
    }

    private void WriteFour(string separator, string ending, int testSide)
    {
        Write("train-images", 3, IdxFiles.Images(3, 2));
        Write("train-labels", 1, IdxFiles.Labels(3, 5, 0, 4));
        Write("t10k-images", 3, IdxFiles.Images(2, testSide));
        Write("t10k-labels", 1, IdxFiles.Labels(2, 7, 2));

        void Write(string stem, int rank, byte[] content) => _folder.Write(
            $"{stem}{separator}idx{rank}-ubyte{ending}", ending.Length > 0 ? IdxFiles.Compress(content) : content);
    }
}
