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
}
