using Ensemble.Distillation;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Distillation;

[Collection(TensorTests.Name)]
public sealed class LogitMatchingTests
{
    [Fact]
    public void Compute_WorkedByHand_GivesHalfTheMeanSquare()
    {
        // Mean logits of the two teachers: (2, 1). Student (1, 3): differences -1 and 2; 0.75 * (1 + 4) / (2 * 2).
        var (terms, gradient) = Objectives.Evaluate(new LogitMatching(new ObjectiveOptions { HardWeight = 0.25 }), [1, 3], [4, 0, 0, 2], [1]);

        Assert.Equal(0.75 * 5 / 4, terms["logits"], 1e-6);
        Assert.Equal(0.25 * Math.Log(1 + Math.Exp(-2)), terms["hard"], 1e-6);
        var right = 1 / (1 + Math.Exp(-2));
        PyTorchFixture.Near([(float)((-0.75 / 2) + (0.25 * (1 - right))), (float)((0.75 * 2 / 2) + (0.25 * (right - 1)))], gradient, 1e-6);
    }

    [Fact]
    public void Compute_LogitsOfMeanZero_IsTheLimitOfSoftTargets()
    {
        // Hinton, Vinyals and Dean 2015, equation 4.
        float[] student = [1, -2, 0.5f, 0.5f];
        float[] teacher = [3, 0, -1, -2];

        var soft = Objectives.Evaluate(new SoftTargetDistillation(new ObjectiveOptions { HardWeight = 0, Temperature = 500 }), student, teacher, [0]);
        var matched = Objectives.Evaluate(new LogitMatching(new ObjectiveOptions { HardWeight = 0 }), student, teacher, [0]);

        PyTorchFixture.Near(matched.Gradient, soft.Gradient, 5e-3);
    }
}
