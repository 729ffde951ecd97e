using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class DatasetSplitsTests
{
    [Fact]
    public void Constructor_SplitsOfOtherShapesOrClasses_IsRefused()
    {
        var train = TestImages.Counting(4);

        Assert.Throws<ArgumentException>("test", () => new DatasetSplits("x", train, TestImages.Counting(4, side: 3)));
        Assert.Throws<ArgumentException>(
            "test", () => new DatasetSplits("x", train, TestImages.Counting(4, classCount: 3)));
        Assert.Throws<ArgumentException>(
            "validation", () => new DatasetSplits("x", train, train, TestImages.Counting(4, side: 3)));
    }

    [Fact]
    public void CarveValidation_FourOfTwelve_MovesThemOutOfTrain()
    {
        var whole = new DatasetSplits("x", TestImages.Counting(12), TestImages.Counting(2));

        var carved = whole.CarveValidation(4, seed: 1);

        Assert.Equal([4, 4], carved.Train.CountPerClass());
        Assert.Equal([2, 2], carved.Validation!.CountPerClass());
        Assert.Same(whole.Test, carved.Test);
        var firstBytes = Enumerable.Range(0, 8).Select(index => carved.Train.Image(index)[0])
            .Concat(Enumerable.Range(0, 4).Select(index => carved.Validation.Image(index)[0]));
        Assert.Equal(Enumerable.Range(0, 12).Select(index => (byte)(4 * index)), firstBytes.Order());
    }

    [Fact]
    public void Whole_SplitsWithValidation_IsAllOfTheirImages()
    {
        var carved = new DatasetSplits("x", TestImages.Counting(12), TestImages.Counting(2)) { IsTestDrawn = true }.CarveValidation(4, seed: 1);

        var whole = carved.Whole();

        Assert.Equal(14, whole.Count);
        Assert.Equal(carved.Train.Image(0).ToArray(), whole.Image(0).ToArray());
        Assert.Equal(carved.Validation!.Image(3).ToArray(), whole.Image(11).ToArray());
        Assert.Equal(carved.Test.Image(1).ToArray(), whole.Image(13).ToArray());
        Assert.Equal(carved.Test.Labels.Span[1], whole.Labels.Span[13]);
        Assert.True(carved.IsTestDrawn);
    }

    [Fact]
    public void CarveValidation_Twice_IsRefused()
    {
        var carved = new DatasetSplits(
            "x", TestImages.Counting(12), TestImages.Counting(2)).CarveValidation(4, seed: 1);

        Assert.Throws<InvalidOperationException>(() => carved.CarveValidation(2, seed: 1));
    }
}
