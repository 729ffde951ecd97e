using Ensemble.Distillation;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Distillation;

[Collection(TensorTests.Name)]
public sealed class DecoupledDistillationTests
{
    // Softmax of (ln 4, ln 2, ln 2) and (0, 0, 0): teacher (1/2, 1/4, 1/4), student thirds.
    private static readonly float[] s_teacher = [MathF.Log(4), MathF.Log(2), MathF.Log(2)];

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(1, 0.25, 0.6666667)]
    public void Compute_WorkedByHand_PartsTheDivergence(long label, double target, double largestOther)
    {
        var (terms, _) = Objectives.Evaluate(
            new DecoupledDistillation(new ObjectiveOptions { Temperature = 1, HardWeight = 0, DkdAlpha = 2, DkdBeta = 3 }), [0, 0, 0], s_teacher, [label]);

        // Against the student's 1/3 and 2/3, and its halves over the other two.
        Assert.Equal(2 * ((target * Math.Log(target * 3)) + ((1 - target) * Math.Log((1 - target) * 1.5))), terms["target"], 1e-6);
        Assert.Equal(3 * ((largestOther * Math.Log(largestOther * 2)) + ((1 - largestOther) * Math.Log((1 - largestOther) * 2))), terms["others"], 1e-6);
    }

    [Fact]
    public void Compute_AlphaOneAndBetaTheOthersShare_IsSoftTargets()
    {
        // Equation 6 of the paper: KD = TCKD + (1 - p_y) NCKD; for one row, beta can be that share.
        float[] student = [0.5f, -1, 2];
        var soft = Objectives.Evaluate(new SoftTargetDistillation(new ObjectiveOptions { Temperature = 1, HardWeight = 0 }), student, s_teacher, [0]);
        var parted = Objectives.Evaluate(
            new DecoupledDistillation(new ObjectiveOptions { Temperature = 1, HardWeight = 0, DkdBeta = 0.5 }), student, s_teacher, [0]);

        Assert.Equal(soft.Terms["soft"], parted.Terms.Values.Sum(), 1e-6);
        PyTorchFixture.Near(soft.Gradient, parted.Gradient, 1e-6);
    }

    [Fact]
    public void Compute_TwoClasses_HasNothingAmongTheOthers()
    {
        var (terms, _) = Objectives.Evaluate(new DecoupledDistillation(new ObjectiveOptions()), [1, 2], [3, 0], [0]);

        Assert.Equal(0, terms["others"]);
        Assert.True(terms["target"] > 0);
    }

    [Fact]
    public void Compute_BetaZero_IgnoresHowTheOthersRelate()
    {
        var options = new ObjectiveOptions { DkdBeta = 0, HardWeight = 0, Temperature = 1 };
        var first = Objectives.Evaluate(new DecoupledDistillation(options), [0.5f, -1, 2], [1, MathF.Log(3), 0], [0]);
        var second = Objectives.Evaluate(new DecoupledDistillation(options), [0.5f, -1, 2], [1, 0, MathF.Log(3)], [0]);

        PyTorchFixture.Near(first.Gradient, second.Gradient, 1e-6);
    }

    [Fact]
    public void Compute_MixedWithItself_IsAsWithoutMixing()
    {
        var plain = Objectives.Evaluate(new DecoupledDistillation(new ObjectiveOptions()), [0.5f, -1, 2], s_teacher, [1]);
        var mixed = Objectives.Evaluate(new DecoupledDistillation(new ObjectiveOptions()), [0.5f, -1, 2], s_teacher, [1], mix: ([1], [0.4f]));

        Assert.All(plain.Terms, term => Assert.Equal(term.Value, mixed.Terms[term.Key], 1e-6));
    }
}
