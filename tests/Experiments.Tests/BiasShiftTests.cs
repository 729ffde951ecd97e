using Ensemble.Evaluation;

namespace Ensemble.Experiments.Tests;

public sealed class BiasShiftTests
{
    // Class 1 is too low by 2 on the images held out, by 6 on the test images.
    private static readonly SplitLogits s_held = new(new float[] { 2.05f, 0, 2.05f, 0, 9, 0 }, 2);
    private static readonly int[] s_heldLabels = [1, 1, 0];
    private static readonly SplitLogits s_test = new(new float[] { 6.05f, 0, 1, 0, 9, 0 }, 2);
    private static readonly int[] s_testLabels = [1, 1, 0];

    [Fact]
    public void Measure_ConstantsThatDiffer_CountsEachOnTheTestImages()
    {
        var shift = BiasShift.Measure(s_held, s_heldLabels, s_test, s_testLabels, [1]);

        Assert.Equal(new ErrorCount(2, 2), shift.Before);
        Assert.Equal(6.1, shift.TestPick, 1e-9);
        Assert.Equal(new ErrorCount(0, 0), shift.AfterTestPick);
        Assert.Equal(2.1, shift.HonestPick, 1e-9);
        Assert.Equal(new ErrorCount(1, 1), shift.AfterHonestPick);
        Assert.Equal([0L, 1L], shift.HonestErrorsByClass);
    }

    [Fact]
    public void Measure_OtherTestLabels_PicksTheSameHonestConstant()
    {
        var honest = BiasShift.Measure(s_held, s_heldLabels, s_test, s_testLabels, [1]).HonestPick;

        Assert.All<int[]>([[0, 0, 0], [1, 1, 1], [0, 1, 0]], labels => Assert.Equal(honest, BiasShift.Measure(s_held, s_heldLabels, s_test, labels, [1]).HonestPick));
    }
}
