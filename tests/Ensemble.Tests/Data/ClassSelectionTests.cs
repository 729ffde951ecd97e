using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class ClassSelectionTests
{
    [Fact]
    public void Without_OneClass_LeavesEveryOtherImageInItsOrder()
    {
        var all = Set(100, 5);

        var left = ClassSelection.Without(all, 3);

        Assert.Equal(80, left.Count);
        Assert.DoesNotContain(3, left.Labels.ToArray());
        Assert.Equal(Enumerable.Range(0, 100).Where(index => index % 5 != 3).Select(index => (byte)index), Marks(left));
        Assert.Equal(all.ClassNames, left.ClassNames);
    }

    [Fact]
    public void Only_TwoClasses_TakesTheseAlone()
    {
        var left = ClassSelection.Only(Set(100, 5), 1, 4);

        Assert.Equal(Enumerable.Range(0, 100).Where(index => index % 5 is 1 or 4).Select(index => (byte)index), Marks(left));
    }

    [Fact]
    public void Share_ASeed_HasEachClassInProportionAndIsTheSameAgain()
    {
        var all = Set(200, 5);

        var share = ClassSelection.Share(all, 0.1, seed: 4);

        Assert.Equal([4, 4, 4, 4, 4], share.CountPerClass());
        Assert.Equal(share.Checksum, ClassSelection.Share(all, 0.1, seed: 4).Checksum);
        Assert.NotEqual(share.Checksum, ClassSelection.Share(all, 0.1, seed: 5).Checksum);
        Assert.Equal(share.Count, Marks(share).Distinct().Count());
    }

    [Fact]
    public void Every_NothingLeftOrNoShare_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ClassSelection.Only(Set(5, 5), []));
        Assert.Throws<ArgumentException>(() => ClassSelection.Without(Set(5, 5), 0, 1, 2, 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassSelection.Share(Set(5, 5), 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassSelection.Share(Set(5, 5), double.NaN, 1));
    }

    // Image i is of one pixel, i, and of class i modulo the number of classes.
    private static ImageDataset Set(int count, int classes) => new(
        new ImageShape(1, 1, 1),
        Enumerable.Range(0, count).Select(index => (byte)index).ToArray(),
        Enumerable.Range(0, count).Select(index => index % classes).ToArray(),
        TestImages.Names(classes),
        "test");

    private static byte[] Marks(ImageDataset set) => set.Pixels.ToArray();
}
