using Ensemble.Measurement;

namespace Ensemble.Tests.Measurement;

public sealed class AccuracyIntervalTests
{
    /// <summary>
    /// 8 of 10: z^2 = 3.8415, centre (0.8 + 0.19207)/1.38415 = 0.71674, half width 1.95996 sqrt(0.016 +
    /// 0.0096037)/1.38415 = 0.22658.
    /// </summary>
    [Fact]
    public void Wilson95_EightOfTen_IsAsByHand()
    {
        var interval = AccuracyInterval.Wilson95(8, 10);

        Assert.Equal(0.49016, interval.Low, 5);
        Assert.Equal(0.94332, interval.High, 5);
    }

    /// <summary>At none right, the upper end is z^2 / (n + z^2): 3.841459 / 103.841459.</summary>
    [Fact]
    public void Wilson95_NoneOrAll_TouchesTheEnd()
    {
        var none = AccuracyInterval.Wilson95(0, 100);
        var all = AccuracyInterval.Wilson95(100, 100);

        Assert.Equal(0, none.Low);
        Assert.Equal(0.0369935, none.High, 7);
        Assert.Equal(1 - 0.0369935, all.Low, 7);
        Assert.Equal(1, all.High);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    public void Wilson95_ImpossibleCounts_IsRefused(long correct, long count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AccuracyInterval.Wilson95(correct, count));
}
