using Ensemble.Data;
using Ensemble.Measurement;

namespace Ensemble.Tests.Measurement;

public sealed class DistributionAccumulatorTests
{
    private static readonly float Ln3 = MathF.Log(3);

    /// <summary>p = (3/4, 1/4), q = (1/2, 1/2): KL(p||q) = 3/4 ln(3/2) + 1/4 ln(1/2) = 0.130812; KL(q||p) =
    /// 0.143841.</summary>
    [Fact]
    public void ToComparison_OneRow_IsAsByHandAndNotSymmetric()
    {
        Assert.Equal(0.130812, Compare([Ln3, 0], [5, 5]).MeanKl, 1e-6);
        Assert.Equal(0.143841, Compare([5, 5], [Ln3, 0]).MeanKl, 1e-6);
    }

    [Fact]
    public void ToComparison_TwoOfThreeAgree_IsTwoThirds()
    {
        var comparison = Compare([1, 0, 0, 1, 1, 1], [9, 0, 1, 0, 2, 1]);

        Assert.Equal(3, comparison.Count);
        Assert.Equal(2 / 3.0, comparison.Agreement);
    }

    [Fact]
    public void ToComparison_LogitsShiftedByAConstant_AreTheSameDistribution()
    {
        var comparison = Compare([1, 2], [101, 102]);

        Assert.Equal(1, comparison.Agreement);
        Assert.Equal(0, comparison.MeanKl, 1e-12);
    }

    [Fact]
    public void ToComparison_CertainReference_StaysFinite() =>
        Assert.Equal(Math.Log(2), Compare([10_000, -10_000], [0, 0]).MeanKl, 1e-12);

    [Fact]
    public void Add_ShortLastBatch_GivesTheSameAsOneBatch()
    {
        var random = new RandomStream(1, "test");
        var reference = Enumerable.Range(0, 23 * 5).Select(_ => (float)random.NextGaussian()).ToArray();
        var candidate = Enumerable.Range(0, 23 * 5).Select(_ => (float)random.NextGaussian()).ToArray();
        var batched = new DistributionAccumulator(5);

        batched.Add(reference.AsSpan(0, 50), candidate.AsSpan(0, 50));
        batched.Add(reference.AsSpan(50, 50), candidate.AsSpan(50, 50));
        batched.Add(reference.AsSpan(100), candidate.AsSpan(100));

        var whole = new DistributionAccumulator(5);
        whole.Add(reference, candidate);
        Assert.Equal(whole.ToComparison(), batched.ToComparison());
    }

    [Fact]
    public void Add_FaultyLogits_IsRefused()
    {
        var accumulator = new DistributionAccumulator(2);

        Assert.Throws<ArgumentException>("candidateLogits", () => accumulator.Add([0, 0], [0, 0, 0, 0]));
        Assert.Throws<ArgumentException>("candidateLogits", () => accumulator.Add([0, 0], [0, float.NaN]));
        Assert.Throws<ArgumentException>("referenceLogits", () => accumulator.Add([float.NaN, 0], [0, 0]));
        Assert.Throws<InvalidOperationException>(accumulator.ToComparison);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DistributionAccumulator(0));
    }

    private static DistributionComparison Compare(float[] reference, float[] candidate)
    {
        var accumulator = new DistributionAccumulator(2);
        accumulator.Add(reference, candidate);
        return accumulator.ToComparison();
    }
}
