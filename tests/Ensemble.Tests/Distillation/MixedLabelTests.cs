using Ensemble.Distillation;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Tests.Distillation;

/// <summary>The objectives' hard term where images are mixed.</summary>
[Collection(TensorTests.Name)]
public sealed class MixedLabelTests
{
    /// <summary>Two classes at logits (0, ln 3): probabilities 1/4 and 3/4, whose losses are ln 4 and ln 4/3.</summary>
    [Fact]
    public void Compute_MixedLabels_WeighsTheTwoLosses()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor(new[] { 0f, MathF.Log(3), 0f, MathF.Log(3) }, [2, 2]);
        var input = new ObjectiveInput
        {
            StudentLogits = logits,
            Labels = torch.tensor(new long[] { 0, 1 }),
            MixLabels = torch.tensor(new long[] { 1, 1 }),
            MixWeights = torch.tensor(new[] { 0.25f, 0.5f }),
        };

        var loss = new HardLabels().Compute(input).Total.item<float>();

        // Row 0: 0.75 ln 4 + 0.25 ln 4/3; row 1: ln 4/3.
        Assert.Equal(((0.75 * Math.Log(4)) + (1.25 * Math.Log(4.0 / 3))) / 2, loss, 1e-6);
    }

    [Fact]
    public void Compute_SoftTargetsWithHardWeight_UsesTheMixedLabels()
    {
        using var scope = torch.NewDisposeScope();
        var logits = torch.tensor(new[] { 0f, MathF.Log(3) }, [1, 2]);
        var input = new ObjectiveInput
        {
            StudentLogits = logits,
            Labels = torch.tensor(new long[] { 0 }),
            MixLabels = torch.tensor(new long[] { 1 }),
            MixWeights = torch.tensor(new[] { 1f }),
            TeacherLogits = logits.unsqueeze(0),
        };

        var loss = new SoftTargetDistillation(new ObjectiveOptions { HardWeight = 1 }).Compute(input).Total.item<float>();

        Assert.Equal(Math.Log(4.0 / 3), loss, 1e-6);
    }
}
