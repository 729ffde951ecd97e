using Ensemble.Data;
using Ensemble.Measurement;

namespace Ensemble.Tests.Measurement;

public sealed class ClassificationAccumulatorTests
{
    private static readonly float Ln3 = MathF.Log(3);

    /// <summary>
    /// Two classes, logits (ln 3, 0): probabilities 3/4 and 1/4. Four rows, each sure of class 0 by 3/4, labelled 0, 0,
    /// 0, 1: three right of four at confidence 3/4, so no calibration error; nll = (3 ln(4/3) + ln 4)/4.
    /// </summary>
    [Fact]
    public void ToMetrics_CalibratedRows_IsAsByHand()
    {
        var metrics = Measure(2, [Ln3, 0, Ln3, 0, Ln3, 0, Ln3, 0], [0, 0, 0, 1]);

        Assert.Equal((4, 1), (metrics.Count, metrics.Errors));
        Assert.Equal(0.75, metrics.Accuracy);
        Assert.Equal(((3 * Math.Log(4.0 / 3)) + Math.Log(4)) / 4, metrics.Nll, 1e-7);
        Assert.Equal(0, metrics.Ece, 1e-7);
        Assert.Equal([1.0, 0.0], metrics.PerClassAccuracy);
        Assert.Equal(AccuracyInterval.Wilson95(3, 4).Low, metrics.AccuracyLow);
        Assert.Equal(AccuracyInterval.Wilson95(3, 4).High, metrics.AccuracyHigh);
    }

    /// <summary>
    /// One row right at confidence 3/4 (bin 12 of 15), two of which one is right at 1/2 (bin 8): the errors are 1/4 for
    /// one row and 0 for two, so 1/12 in all.
    /// </summary>
    [Fact]
    public void ToMetrics_TwoBins_WeighsEachByItsRows() =>
        Assert.Equal(1 / 12.0, Measure(2, [Ln3, 0, 0, 0, 0, 0], [0, 0, 1]).Ece, 1e-7);

    /// <summary>In one bin, over- and underconfidence cancel: two rows at 3/4, one right and one wrong, err by 1/4, not
    /// 1/2.</summary>
    [Fact]
    public void ToMetrics_OneBin_CancelsWithinIt() =>
        Assert.Equal(0.25, Measure(2, [Ln3, 0, Ln3, 0], [0, 1]).Ece, 1e-7);

    [Fact]
    public void ToMetrics_EqualLogits_PredictsTheLowestClass()
    {
        var metrics = Measure(3, [1, 1, 1, 0, 2, 2], [0, 1]);

        Assert.Equal(0, metrics.Errors);
        Assert.Equal([1.0, 1.0, null], metrics.PerClassAccuracy);
    }

    [Fact]
    public void ToMetrics_HugeLogits_StaysFinite()
    {
        var metrics = Measure(2, [3e38f, -3e38f, 1000, 999], [0, 1]);

        Assert.Equal(1, metrics.Errors);
        Assert.Equal((0 + 1 + Math.Log(1 + Math.Exp(-1))) / 2, metrics.Nll, 1e-9);
    }

    [Fact]
    public void Add_ShortLastBatch_GivesTheSameAsOneBatch()
    {
        var random = new RandomStream(1, "test");
        var logits = Enumerable.Range(0, 103 * 7).Select(_ => (float)(3 * random.NextGaussian())).ToArray();
        var labels = Enumerable.Range(0, 103).Select(_ => random.NextInt(7)).ToArray();
        var whole = new ClassificationAccumulator(7);
        var batched = new ClassificationAccumulator(7);

        whole.Add(logits, labels);
        for (var start = 0; start < 103; start += 10)
        {
            var end = Math.Min(start + 10, 103);
            batched.Add(logits.AsSpan((start * 7)..(end * 7)), labels.AsSpan(start..end));
        }

        Assert.Equivalent(whole.ToMetrics(), batched.ToMetrics(), strict: true);
        Assert.Equal(whole.ToMetrics().Nll, batched.ToMetrics().Nll);
        Assert.Equal(103, batched.Count);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Add_LogitThatIsNotFinite_NamesItsRowAndLeavesNoTrace(float logit)
    {
        var accumulator = new ClassificationAccumulator(2);

        var exception = Assert.Throws<ArgumentException>(
            "logits", () => accumulator.Add([0, 0, 0, 0, 0, logit], [0, 0, 0]));

        Assert.Contains("row 2, class 1", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, accumulator.Count);
    }

    [Fact]
    public void Add_WrongLengthsOrLabels_IsRefused()
    {
        var accumulator = new ClassificationAccumulator(2);

        Assert.Throws<ArgumentException>("logits", () => accumulator.Add([0, 0, 0], [0]));
        Assert.Throws<ArgumentException>("labels", () => accumulator.Add([0, 0], [0, 1]));
        Assert.Throws<ArgumentException>("labels", () => accumulator.Add([0, 0], [2]));
        Assert.Throws<ArgumentException>("labels", () => accumulator.Add([0, 0], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassificationAccumulator(0));
        Assert.Throws<InvalidOperationException>(accumulator.ToMetrics);
    }

    private static ClassificationMetrics Measure(int classCount, float[] logits, int[] labels)
    {
        var accumulator = new ClassificationAccumulator(classCount);
        accumulator.Add(logits, labels);
        return accumulator.ToMetrics();
    }
}
