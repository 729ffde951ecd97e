using Ensemble.Teachers;
using Ensemble.Tests.Distillation;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Teachers;

[Collection(TensorTests.Name)]
public sealed class EnsembleAverageTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(3, 1.0)]
    [InlineData(3, 4.0)]
    [InlineData(7, 0.25)]
    public void LogProbabilities_Arithmetic_EqualsMeanOfSoftmaxesInDouble(int members, double temperature)
    {
        var (batch, classes) = (4, 5);
        var logits = HashedValues.Symmetric(40 + members, members * batch * classes, 5);
        var expected = new float[batch * classes];
        for (var row = 0; row < batch; row++)
        {
            var probabilities = Enumerable.Range(0, members)
                .Select(member => Objectives.Softmax(logits.AsSpan(((member * batch) + row) * classes, classes), temperature)).ToArray();
            for (var column = 0; column < classes; column++)
            {
                expected[(row * classes) + column] = (float)Math.Log(probabilities.Average(p => p[column]));
            }
        }

        PyTorchFixture.Near(expected, Average(logits, members, classes, temperature, Averaging.Arithmetic), 2e-6);
    }

    [Fact]
    public void LogProbabilities_Geometric_EqualsRenormalisedProductOfPowers()
    {
        float[] logits = [0, MathF.Log(2), MathF.Log(3), 0, MathF.Log(8), MathF.Log(12)];

        // Products 1, 16, 36; square roots 1, 4, 6; renormalised 1/11, 4/11, 6/11.
        var actual = Average(logits, 2, 3, 1, Averaging.Geometric);

        PyTorchFixture.Near([MathF.Log(1 / 11f), MathF.Log(4 / 11f), MathF.Log(6 / 11f)], actual, 1e-6);
    }

    [Theory]
    [InlineData(Averaging.Arithmetic)]
    [InlineData(Averaging.Geometric)]
    public void LogProbabilities_AnyLogits_SumToOne(Averaging averaging)
    {
        var actual = Average(HashedValues.Symmetric(50, 3 * 6 * 8, 12), 3, 8, 2, averaging);

        Assert.All(actual.Chunk(8), row => Assert.Equal(1, row.Sum(value => Math.Exp(value)), 1e-5));
    }

    [Theory]
    [InlineData(Averaging.Arithmetic)]
    [InlineData(Averaging.Geometric)]
    public void LogProbabilities_MembersInAnotherOrder_AreTheSame(Averaging averaging)
    {
        var members = HashedValues.Symmetric(51, 3 * 10, 6).Chunk(10).ToArray();

        var forwards = Average([.. members[0], .. members[1], .. members[2]], 3, 5, 1.5, averaging);
        var backwards = Average([.. members[2], .. members[0], .. members[1]], 3, 5, 1.5, averaging);

        PyTorchFixture.Near(forwards, backwards, 1e-6);
    }

    [Fact]
    public void LogProbabilities_MemberOffsets_ChangeNothing()
    {
        // A constant added to a member's logits is no change of its answer, under either mean.
        float[] plain = [1, 2, 3, 0, 5, -1];
        float[] moved = [101, 102, 103, -50, -45, -51];

        foreach (var averaging in new[] { Averaging.Arithmetic, Averaging.Geometric })
        {
            PyTorchFixture.Near(Average(plain, 2, 3, 1, averaging), Average(moved, 2, 3, 1, averaging), 1e-5);
        }
    }

    [Fact]
    public void LogProbabilities_ExtremeLogits_KeepSmallProbabilities()
    {
        // One member is sure of class 0, the other of class 1: (1/2, 1/2, 0) with log 0 as -1e4 at best, never -inf or NaN.
        var actual = Average([1e4f, -1e4f, 0, -1e4f, 1e4f, 0], 2, 3, 1, Averaging.Arithmetic);

        PyTorchFixture.Near([-MathF.Log(2), -MathF.Log(2), -1e4f], actual, 1e-6);
        Assert.All(Average([1e4f, -1e4f, 0, -1e4f, 1e4f, 0], 2, 3, 1, Averaging.Geometric), value => Assert.Equal(-Math.Log(3), value, 1e-6));
    }

    [Fact]
    public void LogProbabilities_OneMember_IsItsLogSoftmax()
    {
        float[] logits = [1, -2, 0.5f];
        var expected = Objectives.Softmax(logits).Select(value => (float)Math.Log(value)).ToArray();

        PyTorchFixture.Near(expected, Average(logits, 1, 3, 1, Averaging.Arithmetic), 1e-6);
        PyTorchFixture.Near(expected, Average(logits, 1, 3, 1, Averaging.Geometric), 1e-6);
    }

    [Fact]
    public void LogProbabilities_Result_IsAllThatStaysAlive()
    {
        using var logits = torch.tensor(new float[12], [2, 2, 3]);
        var before = LiveTensors.Count();

        using (EnsembleAverage.LogProbabilities(logits, 4, Averaging.Arithmetic))
        {
            Assert.Equal(before + 1, torch.Tensor.TotalCount);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LogProbabilities_TemperatureOutOfRange_Throws(double temperature)
    {
        using var logits = torch.tensor(new float[6], [1, 2, 3]);

        Assert.Throws<ArgumentOutOfRangeException>(() => EnsembleAverage.LogProbabilities(logits, temperature, Averaging.Arithmetic));
    }

    [Fact]
    public void LogProbabilities_TwoDimensions_Throws()
    {
        using var logits = torch.tensor(new float[6], [2, 3]);

        Assert.Throws<ArgumentException>(() => EnsembleAverage.LogProbabilities(logits, 1, Averaging.Arithmetic));
    }

    [Fact]
    public void LogProbabilities_WeightedWorkedByHand_MixesTheMembers()
    {
        // T = 2 softens (2 ln 3, 0) to (3/4, 1/4); 0.2 (3/4, 1/4) + 0.8 (1/2, 1/2) = (0.55, 0.45).
        float[] logits = [2 * MathF.Log(3), 0, 0, 0];

        foreach (var averaging in new[] { Averaging.Fitted, Averaging.Arithmetic })
        {
            PyTorchFixture.Near([MathF.Log(0.55f), MathF.Log(0.45f)], Average(logits, 2, 2, 2, averaging, [0.2, 0.8]), 1e-6);
        }

        // The weighted mean logit is 0.4 ln 3 over 0, halved: powers of 3.
        var odds = Math.Pow(3, 0.2);
        PyTorchFixture.Near(
            [(float)Math.Log(odds / (1 + odds)), (float)Math.Log(1 / (1 + odds))], Average(logits, 2, 2, 2, Averaging.Geometric, [0.2, 0.8]), 1e-6);
    }

    [Fact]
    public void LogProbabilities_AMemberWithoutWeight_IsNotHeard()
    {
        float[] heard = [1, -2, 0.5f];
        var alone = Average(heard, 1, 3, 1, Averaging.Arithmetic);

        PyTorchFixture.Near(alone, Average([.. heard, 9, 9, -9], 2, 3, 1, Averaging.Fitted, [1, 0]), 1e-6);
    }

    [Fact]
    public void LogProbabilities_WeightsOutOfRange_Throws()
    {
        Assert.Throws<ArgumentException>(() => Average([1, 2, 3, 4], 2, 2, 1, Averaging.Fitted));
        Assert.Throws<ArgumentException>(() => Average([1, 2, 3, 4], 2, 2, 1, Averaging.Fitted, [1]));
        Assert.Throws<ArgumentException>(() => Average([1, 2, 3, 4], 2, 2, 1, Averaging.Fitted, [0.5, 0.6]));
        Assert.Throws<ArgumentException>(() => Average([1, 2, 3, 4], 2, 2, 1, Averaging.Fitted, [1.5, -0.5]));
        Assert.Throws<ArgumentException>(() => Average([1, 2, 3, 4], 2, 2, 1, Averaging.Fitted, [double.NaN, 1]));
    }

    private static float[] Average(float[] logits, int members, int classes, double temperature, Averaging averaging, double[]? weights = null)
    {
        using var scope = torch.NewDisposeScope();
        var stacked = torch.tensor(logits, [members, logits.Length / members / classes, classes]);
        return PyTorchFixture.Values(EnsembleAverage.LogProbabilities(stacked, temperature, averaging, weights));
    }
}
