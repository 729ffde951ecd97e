namespace Ensemble.Experiments.Tests;

public sealed class MeasurementTests
{
    [Fact]
    public void Ours_SeveralSeeds_IsMeanDeviationOfASampleAndRange()
    {
        var row = new Measurement { What = "", Unit = "errors", Values = [70, 74, 78], AtMost = 74 };

        Assert.Equal("74.0 ± 4.0 (70 to 78)", row.Ours);
        Assert.Equal("at most 74: met", row.Goal);
    }

    [Fact]
    public void Ours_OneSeed_IsTheValueAlone()
    {
        var row = new Measurement { What = "", Unit = "%", Values = [13.25] };

        Assert.Equal("13.25", row.Ours);
        Assert.Equal("", row.Goal);
    }

    [Fact]
    public void Verdicts_MeansInEitherOrder_HoldOneWayAlone()
    {
        Assert.True(Verdicts.Less("", [70, 72], [74], "").Holds);
        Assert.False(Verdicts.Less("", [74], [74], "").Holds);
        Assert.True(Verdicts.More("", [75], [70, 72], "").Holds);
        Assert.False(Verdicts.More("", [70], [70], "").Holds);
    }

    [Fact]
    public void Verdicts_MeansThatDifferInRoundingAlone_HoldNeitherWay()
    {
        // Their sums differ in the last bit.
        double[] first = [0.1, 0.2, 0.3];
        double[] second = [0.3, 0.2, 0.1];

        Assert.NotEqual(first.Average(), second.Average());
        Assert.False(Verdicts.Less("", first, second, "").Holds || Verdicts.More("", first, second, "").Holds);
        Assert.False(Verdicts.Less("", second, first, "").Holds || Verdicts.More("", second, first, "").Holds);
    }

    [Fact]
    public void Verdicts_MeansApartByMoreThanTheSpread_AreClearlySo()
    {
        Assert.True(Verdicts.ClearlyMore("", [49.0, 49.2, 49.1], [48.0, 48.2, 48.1], "").Holds);
        Assert.False(Verdicts.ClearlyMore("", [48.2, 49.4, 49.0], [48.3, 48.9, 48.4], "").Holds);
        Assert.False(Verdicts.ClearlyMore("", [49.0], [48.0], "").Holds);
        Assert.True(Verdicts.ClearlyLess("", [48.0, 48.2, 48.1], [49.0, 49.2, 49.1], "").Holds);
        Assert.False(Verdicts.ClearlyLess("", [49.0, 49.2, 49.1], [48.0, 48.2, 48.1], "").Holds);
        Assert.False(Verdicts.ClearlyLess("", [48.3, 48.9, 48.4], [48.2, 49.4, 49.0], "").Holds);
    }

    [Theory]
    [InlineData(40, 5, true)]
    [InlineData(100, 80, false)]
    [InlineData(5, 40, false)]
    [InlineData(0, 0, false)]
    public void Verdicts_AnswersThatMoved_HoldBeyondChanceAlone(int mended, int spoiled, bool holds) =>
        Assert.Equal(holds, Verdicts.Mended("", mended, spoiled).Holds);
}
