using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class ChannelStatisticsTests
{
    /// <summary>Channel 0 holds 0, 0, 255, 255: mean 1/2, deviation 1/2. Channel 1 holds 51, 51, 51, 51: mean 1/5,
    /// deviation 0.</summary>
    [Fact]
    public void Measure_TwoImagesOfTwoChannels_GivesEachChannelsOwn()
    {
        var dataset = new ImageDataset(
            new(2, 1, 2), new byte[] { 0, 0, 51, 51, 255, 255, 51, 51 }, new[] { 0, 0 }, ["a"], "test");

        var statistics = ChannelStatistics.Measure(dataset);

        Assert.Equal([0.5, 0.2], statistics.Mean);
        Assert.Equal([0.5, 0.0], statistics.StandardDeviation);
    }

    [Fact]
    public void Equals_SameValues_IsTrue()
    {
        var first = ChannelStatistics.Measure(TestImages.Counting(3));
        var second = ChannelStatistics.Measure(TestImages.Counting(3));

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.NotEqual(first, ChannelStatistics.Measure(TestImages.Counting(4)));
    }
}
