using Ensemble.Teachers.Specialists;

namespace Ensemble.Tests.Teachers.Specialists;

public sealed class SpecialistInferenceTests
{
    private static readonly double[] s_generalist = [0.5, 0.3, 0.2];

    [Fact]
    public void Combine_WithoutSpecialists_IsTheGeneralist() => Assert.Equal(s_generalist, SpecialistInference.Combine(s_generalist, []));

    [Fact]
    public void Combine_SpecialistWhoAgrees_ChangesNothing()
    {
        var q = SpecialistInference.Combine(s_generalist, [([1, 2], [0.3, 0.2, 0.5])]);

        Assert.All(q.Zip(s_generalist), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    public static TheoryData<double[], double[], double[]> Cases() => new()
    {
        { s_generalist, [0.1, 0.6, 0.3], [0.7, 0.2, 0.1] },
        { [0.9, 0.05, 0.05], [0.45, 0.45, 0.1], [0.2, 0.2, 0.6] },
        { [0.34, 0.33, 0.33], [0.01, 0.98, 0.01], [0.6, 0.39, 0.01] },
    };

    // The oracle knows nothing of expectation maximisation: it looks at every q of a fine grid.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Combine_TwoSpecialistsOfThreeClasses_IsTheLeastOfAllOnAGrid(double[] generalist, double[] first, double[] second)
    {
        (IReadOnlyList<int>, double[])[] specialists = [([0, 1], first), ([2, 1], second)];
        const int Steps = 400;
        var (best, least) = (Array.Empty<double>(), double.PositiveInfinity);
        for (var a = 1; a < Steps; a++)
        {
            for (var b = 1; a + b < Steps; b++)
            {
                double[] tried = [(double)a / Steps, (double)b / Steps, (double)(Steps - a - b) / Steps];
                var sum = Sum(tried);
                (best, least) = sum < least ? (tried, sum) : (best, least);
            }
        }

        var q = SpecialistInference.Combine(generalist, specialists);

        Assert.Equal(1, q.Sum(), 1e-9);
        Assert.True(Sum(q) <= least + 1e-9, $"{Sum(q)} against {least} on the grid");
        Assert.All(q.Zip(best), pair => Assert.Equal(pair.Second, pair.First, 2.0 / Steps));

        // KL(p, q): from the nets to q. The other way round has its least elsewhere.
        double Sum(double[] tried) => Divergence(generalist, tried)
            + Divergence(first, [tried[0], tried[1], tried[2]])
            + Divergence(second, [tried[2], tried[1], tried[0]]);
    }

    [Fact]
    public void Combine_TheOtherDirectionOfTheDivergence_WouldGiveAnotherDistribution()
    {
        // One specialist for class 0 alone: q of it minimises KL(.5, x) + KL(.1, x), which is the mean; the reverse is the geometric one.
        var q = SpecialistInference.Combine([0.5, 0.25, 0.25], [([0], [0.1, 0.9])]);

        Assert.Equal(0.3, q[0], 1e-6);
        var geometric = Math.Sqrt(0.5 * 0.1) / (Math.Sqrt(0.5 * 0.1) + Math.Sqrt(0.5 * 0.9));
        Assert.True(Math.Abs(geometric - 0.3) > 0.02);
    }

    [Fact]
    public void Combine_ProbabilitiesWithoutADustbin_AreRefused() =>
        Assert.Throws<ArgumentException>(() => SpecialistInference.Combine(s_generalist, [([0, 1], [0.5, 0.5])]));

    private static double Divergence(double[] p, double[] q) => p.Zip(q, (x, y) => x == 0 ? 0 : x * Math.Log(x / y)).Sum();
}
