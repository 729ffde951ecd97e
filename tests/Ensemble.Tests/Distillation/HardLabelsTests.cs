using Ensemble.Distillation;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Distillation;

[Collection(TensorTests.Name)]
public sealed class HardLabelsTests
{
    [Fact]
    public void Compute_WorkedByHand_GivesMeanOfNegativeLogProbabilities()
    {
        // softmax(ln 3, 0) = (3/4, 1/4); softmax(0, ln 4) = (1/5, 4/5). Labels 0 and 0: -(ln 3/4 + ln 1/5) / 2.
        var (terms, gradient) = Objectives.Evaluate(new HardLabels(), [MathF.Log(3), 0, 0, MathF.Log(4)], null, [0, 0]);

        Assert.Equal(-(Math.Log(0.75) + Math.Log(0.2)) / 2, Assert.Single(terms).Value, 1e-6);
        Assert.Equal("hard", Assert.Single(terms).Key);
        // (q - y) / B
        PyTorchFixture.Near([-0.125f, 0.125f, -0.4f, 0.4f], gradient, 1e-6);
    }

    [Fact]
    public void Compute_UniformLogits_GivesLogOfClassCount()
    {
        var (terms, _) = Objectives.Evaluate(new HardLabels(), new float[30], null, [3, 9, 0]);

        Assert.Equal(Math.Log(10), terms["hard"], 1e-6);
    }

    [Fact]
    public void Compute_ExtremeLogits_StaysFinite()
    {
        var (terms, gradient) = Objectives.Evaluate(new HardLabels(), [1e4f, -1e4f, -1e4f, 1e4f], null, [1, 1]);

        // The first row misses by 2e4 nats, the second not at all.
        Assert.Equal(1e4, terms["hard"], 1e-2);
        PyTorchFixture.Near([0.5f, -0.5f, 0, 0], gradient, 1e-6);
    }

    [Fact]
    public void Compute_InAScope_LeavesNoTensor()
    {
        var before = LiveTensors.Count();

        Objectives.Evaluate(new HardLabels(), [1, 2, 3, 4], null, [0, 1]);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Compute_SmoothedWorkedByHand_SpreadsTheLabel()
    {
        // softmax(ln 3, 0) = (3/4, 1/4); the label 0 smoothed by 0.2 is (0.9, 0.1).
        var (terms, gradient) = Objectives.Evaluate(new HardLabels(0.2), [MathF.Log(3), 0], null, [0]);

        Assert.Equal(-((0.9 * Math.Log(0.75)) + (0.1 * Math.Log(0.25))), terms["hard"], 1e-6);
        PyTorchFixture.Near([0.75f - 0.9f, 0.25f - 0.1f], gradient, 1e-6);
    }

    [Fact]
    public void Compute_SmoothedAndMixed_IsLinearInTheTarget()
    {
        // The target: 0.75 (0.9, 0.1) + 0.25 (0.1, 0.9) = (0.7, 0.3).
        var (terms, gradient) = Objectives.Evaluate(new HardLabels(0.2), [MathF.Log(3), 0], null, [0], mix: ([1], [0.25f]));

        Assert.Equal(-((0.7 * Math.Log(0.75)) + (0.3 * Math.Log(0.25))), terms["hard"], 1e-6);
        PyTorchFixture.Near([0.05f, -0.05f], gradient, 1e-6);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Constructor_SmoothingOutOfRange_Throws(double smoothing) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HardLabels(smoothing));
}
