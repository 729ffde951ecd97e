using Ensemble.Distillation;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Distillation;

[Collection(TensorTests.Name)]
public sealed class MeanMemberDivergenceTests
{
    [Fact]
    public void Compute_WorkedByHand_AveragesTheDivergences()
    {
        // T = 2: members (3/4, 1/4) and (1/2, 1/2), student (1/2, 1/2); 4 * KL / 2, the second member's KL being 0.
        var (terms, _) = Objectives.Evaluate(
            new MeanMemberDivergence(new ObjectiveOptions { Temperature = 2, HardWeight = 0 }), [0, 0], [2 * MathF.Log(3), 0, 0, 0], [1]);

        Assert.Equal(2 * ((0.75 * Math.Log(1.5)) + (0.25 * Math.Log(0.5))), Assert.Single(terms).Value, 1e-6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.7)]
    public void Compute_AnyMembers_HasTheGradientOfTheArithmeticMean(double? weight)
    {
        var options = new ObjectiveOptions { Temperature = 3, HardWeight = 0.2 };
        float[] student = [0.5f, -1, 2, 0, 1, 3];
        float[] teachers = [1, 4, -2, 0.25f, 7, 3, 0, 0, 2, -1, 1, 5];
        double[]? weights = weight is { } first ? [first, 1 - first] : null;

        var members = Objectives.Evaluate(new MeanMemberDivergence(options), student, teachers, [0, 2], weights);
        var average = Objectives.Evaluate(new SoftTargetDistillation(options), student, teachers, [0, 2], weights);

        PyTorchFixture.Near(average.Gradient, members.Gradient, 2e-6);
        Assert.True(members.Terms["soft"] > average.Terms["soft"] + 0.01, "the members disagree");
    }

    [Fact]
    public void Compute_OneMember_IsSoftTargets()
    {
        var options = new ObjectiveOptions();
        var one = Objectives.Evaluate(new MeanMemberDivergence(options), [0.5f, -1, 2], [1, 4, -2], [1]);
        var soft = Objectives.Evaluate(new SoftTargetDistillation(options), [0.5f, -1, 2], [1, 4, -2], [1]);

        Assert.Equal(soft.Terms["soft"], one.Terms["soft"], 1e-6);
    }
}
