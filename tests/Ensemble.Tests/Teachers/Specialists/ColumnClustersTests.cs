using Ensemble.Teachers.Specialists;

namespace Ensemble.Tests.Teachers.Specialists;

public sealed class ColumnClustersTests
{
    [Fact]
    public void Find_ColumnsInThreeHeaps_FindsTheHeaps()
    {
        double[][] columns = [.. Enumerable.Range(0, 12).Select(index => (double[])[10 * (index % 3), (index % 3) - 1, 0.01 * index])];

        Assert.All(Enumerable.Range(1, 5), seed =>
        {
            var groups = ColumnClusters.Find(columns, 3, (ulong)seed);
            Assert.Equal([[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]], groups);
        });
    }

    [Fact]
    public void Find_ConfusedClasses_AreTogetherByTheirCovariance()
    {
        // A net that is sure of the pair and not of which: 0 with 1, 2 with 3.
        var random = new Ensemble.Data.RandomStream(3, "test");
        var logits = new float[400 * 4];
        for (var image = 0; image < 400; image++)
        {
            var pair = image % 2;
            logits[(4 * image) + (2 * pair)] = 5 + random.NextSingle();
            logits[(4 * image) + (2 * pair) + 1] = 5 + random.NextSingle();
        }

        var covariance = PredictionCovariance.Measure(logits, 4);

        Assert.True(covariance[0][1] > 0 && covariance[0][2] < 0);
        Assert.Equal([[0, 1], [2, 3]], ColumnClusters.Find(covariance, 2, seed: 1));
    }

    [Fact]
    public void Profiles_ClassesOfVeryDifferentVariance_AreGroupedByWhatTheyAreConfusedWith()
    {
        // 0 with 1, 2 with 3, 4 with 5; each pair varies ten times as much as the one before it.
        double[][] covariance =
        [
            [1, 0.4, 0, 0, 0, 0],
            [0.4, 2, 0, 0, 0, 0],
            [0, 0, 10, 4, 0, 0],
            [0, 0, 4, 20, 0, 0],
            [0, 0, 0, 0, 100, 40],
            [0, 0, 0, 0, 40, 300],
        ];

        var profiles = PredictionCovariance.Profiles(covariance);

        Assert.Equal(Math.Sqrt(0.5), profiles[5][4], 1e-12);
        Assert.Equal(profiles[5][4], profiles[5][5]);
        Assert.All(Enumerable.Range(1, 5), seed => Assert.Equal([[0, 1], [2, 3], [4, 5]], ColumnClusters.Find(profiles, 3, (ulong)seed)));
        Assert.NotEqual([[0, 1], [2, 3], [4, 5]], ColumnClusters.Find(covariance, 3, 1));
        Assert.Equal([[0.0, 0.0], [0.0, 0.0]], PredictionCovariance.Profiles([[3, 0], [0, 2]]));
    }

    [Fact]
    public void Find_AsManyGroupsAsColumnsOrColumnsAlike_PutsEachClassInOne()
    {
        double[][] columns = [[0], [5], [9]];

        Assert.Equal([[0], [1], [2]], ColumnClusters.Find(columns, 3, 1));
        Assert.Equal([[0, 1, 2]], ColumnClusters.Find(columns, 1, 1));
        Assert.Equal([[0, 1, 2]], ColumnClusters.Find([[1.0], [1.0], [1.0]], 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnClusters.Find(columns, 4, 1));
    }

    [Fact]
    public void Measure_TwoImages_IsTheCovarianceByHand()
    {
        // Probabilities (0.5, 0.5) and (0.9, 0.1): means 0.7 and 0.3, deviations 0.2.
        float[] logits = [0, 0, MathF.Log(9), 0];

        var covariance = PredictionCovariance.Measure(logits, 2);

        Assert.Equal(0.04, covariance[0][0], 1e-6);
        Assert.Equal(-0.04, covariance[0][1], 1e-6);
        Assert.Equal(covariance[0][1], covariance[1][0]);
        Assert.Throws<ArgumentException>(() => PredictionCovariance.Measure([], 2));
        Assert.Throws<ArgumentException>(() => PredictionCovariance.Measure([1, 2, 3], 2));
    }
}
