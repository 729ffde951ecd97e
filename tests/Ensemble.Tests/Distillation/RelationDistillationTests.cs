using Ensemble.Distillation;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Distillation;

[Collection(TensorTests.Name)]
public sealed class RelationDistillationTests
{
    [Fact]
    public void Compute_TwoClassesWorkedByHand_CountsOppositeAnswers()
    {
        // Of two classes a row correlates fully or oppositely: row 0 agrees (0), row 1 is opposite (2), mean 1; T = 2, beta = 3.
        // Columns, of two images, likewise: teacher falls, student falls less but falls: 0.
        var (terms, _) = Objectives.Evaluate(
            new RelationDistillation(new ObjectiveOptions { Temperature = 2, HardWeight = 0, DistInterWeight = 3 }), [3, 0, 1, 0], [5, 0, 0, 2], [0, 1]);

        Assert.Equal(3 * 4 * 1.0, terms["inter"], 1e-4);
        Assert.Equal(0, terms["intra"], 1e-4);
    }

    [Fact]
    public void Compute_ThreeClassesWorkedByHand_IsPearsons()
    {
        // p = (1/2, 1/3, 1/6), q = (1/3, 1/2, 1/6): centred (1, 0, -1)/6 and (0, 1, -1)/6, correlation 1/2.
        var (terms, _) = Objectives.Evaluate(
            new RelationDistillation(new ObjectiveOptions { Temperature = 1, HardWeight = 0, DistInterWeight = 1 }),
            [MathF.Log(2), MathF.Log(3), 0],
            [MathF.Log(3), MathF.Log(2), 0],
            [0]);

        Assert.Equal(0.5, terms["inter"], 1e-6);
        Assert.Equal(0, terms["intra"]);
    }

    [Fact]
    public void Compute_UniformStudent_IsFullyApartWithoutAGradient()
    {
        var (terms, gradient) = Objectives.Evaluate(
            new RelationDistillation(new ObjectiveOptions { Temperature = 1, HardWeight = 0, DistInterWeight = 1, DistIntraWeight = 1 }),
            new float[6],
            [3, 0, 1, 0, 2, 1],
            [0, 1]);

        Assert.Equal(1, terms["inter"], 1e-6);
        Assert.Equal(1, terms["intra"], 1e-6);
        Assert.All(gradient, value => Assert.True(float.IsFinite(value)));
    }
}
