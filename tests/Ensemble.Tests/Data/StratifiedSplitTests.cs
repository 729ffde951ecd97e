using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class StratifiedSplitTests
{
    private static readonly int[] Labels =
        [.. Enumerable.Range(0, 1000).Select(index => index % 10 == 0 ? 0 : 1 + (index % 3))];

    [Theory]
    [InlineData(1)]
    [InlineData(123)]
    [InlineData(996)]
    public void Create_AnyCount_IsDisjointAndWhole(int heldCount)
    {
        var split = StratifiedSplit.Create(Labels, 4, heldCount, seed: 1);

        Assert.Equal(heldCount, split.HeldIndices.Length);
        Assert.Equal(
            Enumerable.Range(0, 1000), split.KeptIndices.ToArray().Concat(split.HeldIndices.ToArray()).Order());
        Assert.Equal(split.HeldIndices.ToArray().Order(), split.HeldIndices.ToArray());
    }

    [Fact]
    public void Create_UnequalClasses_TakesOfEachItsShare()
    {
        var split = StratifiedSplit.Create(Labels, 4, 200, seed: 1);

        foreach (var classIndex in Enumerable.Range(0, 4))
        {
            var held = split.HeldIndices.ToArray().Count(index => Labels[index] == classIndex);
            Assert.Equal(Labels.Count(label => label == classIndex) * 0.2, held, 1.0);
        }
    }

    [Fact]
    public void Create_Twice_GivesTheSame()
    {
        var first = StratifiedSplit.Create(Labels, 4, 100, seed: 1);
        var second = StratifiedSplit.Create(Labels, 4, 100, seed: 1);
        var other = StratifiedSplit.Create(Labels, 4, 100, seed: 2);

        Assert.Equal(first.HeldIndices.ToArray(), second.HeldIndices.ToArray());
        Assert.NotEqual(first.HeldIndices.ToArray(), other.HeldIndices.ToArray());
    }

    /// <summary>3 of 8 in proportion 5 : 2 : 1 is 1.875 : 0.75 : 0.375, so 2 : 1 : 0 by largest remainder.</summary>
    [Fact]
    public void Create_SharesThatAreNotWhole_RoundsByLargestRemainder()
    {
        int[] labels = [0, 0, 0, 0, 0, 1, 1, 2];

        var split = StratifiedSplit.Create(labels, 3, 3, seed: 1);

        Assert.Equal([0, 0, 1], split.HeldIndices.ToArray().Select(index => labels[index]));
    }

    [Fact]
    public void Create_NearlyAll_LeavesOneOfEachClass()
    {
        int[] labels = [0, 0, 0, 0, 0, 1, 1, 2];

        var split = StratifiedSplit.Create(labels, 4, 5, seed: 1);

        Assert.Equal([0, 1, 2], split.KeptIndices.ToArray().Select(index => labels[index]));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.Create(labels, 4, 6, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.Create(labels, 4, 0, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.Create(labels, 2, 1, seed: 1));
    }
}
