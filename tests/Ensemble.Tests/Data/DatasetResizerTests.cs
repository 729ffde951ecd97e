using Ensemble.Data;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Data;

[Collection(TensorTests.Name)]
public sealed class DatasetResizerTests
{
    [Fact]
    public void Resize_EveryImage_IsItsOwnSmallerPicture()
    {
        // Image i is of one level, but for its left third.
        var train = Images(count: 600, new ImageShape(3, 12, 18), (index, x) => (byte)(x < 6 ? 255 : index % 200));

        var splits = DatasetResizer.Resize(new DatasetSplits("own", train, train.Subset([5]), train.Subset([6, 7])), 6);

        Assert.Equal(new ImageShape(3, 6, 6), splits.Train.Shape);
        Assert.Equal((600, 1, 2), (splits.Train.Count, splits.Test.Count, splits.Validation!.Count));
        Assert.Equal(train.Labels.ToArray(), splits.Train.Labels.ToArray());
        for (var index = 0; index < 600; index++)
        {
            // Shrunk to 6x9, of which the middle six columns are kept: the last four are the level, the first of them
            // with some of what is beside it.
            Assert.All(splits.Train.Image(index)[4..6].ToArray(), value => Assert.Equal(index % 200, value));
            Assert.InRange(splits.Train.Image(index)[0], 250, 255);
        }

        Assert.Equal(splits.Train.Image(5), splits.Test.Image(0));
    }

    [Fact]
    public void Resize_EdgesOfBlackAndWhite_StayInTheRange()
    {
        var train = Images(count: 2, new ImageShape(1, 8, 8), (_, x) => (byte)(x < 4 ? 0 : 255));

        var larger = DatasetResizer.Resize(new DatasetSplits("own", train, train), 16).Train;

        Assert.Equal([0, 0, 0, 0], larger.Image(0)[..4].ToArray());
        Assert.Equal([255, 255, 255, 255], larger.Image(0)[12..16].ToArray());
    }

    [Fact]
    public void Resize_SizeThatTheyHave_GivesTheSame()
    {
        var splits = new DatasetSplits("own", TestImages.Counting(4), TestImages.Counting(2));

        Assert.Same(splits, DatasetResizer.Resize(splits, 2));
        Assert.Throws<ArgumentOutOfRangeException>("sizePixels", () => DatasetResizer.Resize(splits, 0));
        Assert.Throws<OperationCanceledException>(() => DatasetResizer.Resize(splits, 3, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Resize_MoreThanAnArrayHolds_IsADataFault()
    {
        var train = Images(count: 800, new ImageShape(3, 2, 2), (_, _) => 0);

        Assert.Throws<DataFaultException>(() => DatasetResizer.Resize(new DatasetSplits("own", train, train), 1024));
    }

    private static ImageDataset Images(int count, ImageShape shape, Func<int, int, byte> value)
    {
        var pixels = new byte[count * shape.ValueCount];
        for (var position = 0; position < pixels.Length; position++)
        {
            pixels[position] = value(position / shape.ValueCount, position % shape.Width);
        }

        return new ImageDataset(shape, pixels, Enumerable.Range(0, count).Select(index => index % 3).ToArray(), TestImages.Names(3), "a test");
    }
}
