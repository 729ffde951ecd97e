using Ensemble.Distillation;
using Ensemble.Teachers;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Distillation;

[Collection(TensorTests.Name)]
public sealed class StandardizedDistillationTests
{
    [Fact]
    public void Compute_WorkedByHand_ComparesSoftmaxesOfScores()
    {
        // Two classes have the scores 1 and -1 whatever the logits: teacher (1, -1), student (-1, 1), T = 2.
        var (terms, _) = Objectives.Evaluate(
            new StandardizedDistillation(new ObjectiveOptions { Temperature = 2, HardWeight = 0, SoftWeight = 9 }), [-0.1f, 7], [30, 20], [0]);

        // p = (s, 1 - s) and q = (1 - s, s), log p_0 - log q_0 = 1: KL = s - (1 - s).
        var s = 1 / (1 + Math.Exp(-1));
        Assert.Equal(9 * 4 * ((2 * s) - 1), Assert.Single(terms).Value, 1e-4);
    }

    [Fact]
    public void Compute_StudentScaledAndMoved_IsTheSame()
    {
        var options = new ObjectiveOptions { HardWeight = 0 };
        float[] student = [0.5f, -1, 2, 0.25f];
        var plain = Objectives.Evaluate(new StandardizedDistillation(options), student, [1, 4, -2, 0], [0]);
        var moved = Objectives.Evaluate(new StandardizedDistillation(options), [.. student.Select(value => (3 * value) + 5)], [1, 4, -2, 0], [0]);

        Assert.Equal(plain.Terms["soft"], moved.Terms["soft"], 1e-5);
        // No gradient along either.
        Assert.Equal(0, plain.Gradient.Sum(), 1e-5);
        Assert.Equal(0, plain.Gradient.Zip(student, (slope, value) => slope * value).Sum(), 1e-5);
    }

    [Fact]
    public void Compute_MemberOffsets_ChangeNothing()
    {
        foreach (var averaging in new[] { Averaging.Arithmetic, Averaging.Geometric })
        {
            var options = new ObjectiveOptions { HardWeight = 0, Averaging = averaging };
            var plain = Objectives.Evaluate(new StandardizedDistillation(options), [0.5f, -1, 2], [1, 2, 3, 0, 5, -1], [0]);
            var moved = Objectives.Evaluate(new StandardizedDistillation(options), [0.5f, -1, 2], [101, 102, 103, -50, -45, -51], [0]);

            Assert.Equal(plain.Terms["soft"], moved.Terms["soft"], 1e-4);
        }
    }

    [Fact]
    public void Compute_ArithmeticAndGeometric_Differ()
    {
        double Soft(Averaging averaging) => Objectives.Evaluate(
            new StandardizedDistillation(new ObjectiveOptions { HardWeight = 0, Averaging = averaging }), [0.5f, -1, 2], [1, 2, 3, 0, 5, -1], [0]).Terms["soft"];

        Assert.NotEqual(Soft(Averaging.Arithmetic), Soft(Averaging.Geometric), 1e-3);
    }
}
