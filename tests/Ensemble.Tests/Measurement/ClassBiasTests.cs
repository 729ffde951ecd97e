using Ensemble.Measurement;

namespace Ensemble.Tests.Measurement;

public sealed class ClassBiasTests
{
    private static readonly int[] s_last = [2];

    // Three classes; class 2 is too low by 2 in the first two rows, and wrong in the last once it is raised by more than 5.
    private static readonly float[] s_logits = [3, 0, 1.5f, 0, 2, 1.5f, 9, 0, 1, 0, 6, 0];
    private static readonly int[] s_labels = [2, 2, 0, 1];

    [Fact]
    public void Shift_OneClass_MovesThatColumnAloneAndNotTheInput()
    {
        var shifted = ClassBias.Shift(s_logits, 3, s_last, 2.5);

        Assert.Equal([3, 0, 4, 0, 2, 4, 9, 0, 3.5f, 0, 6, 2.5f], shifted);
        Assert.Equal(1.5f, s_logits[2]);
    }

    [Theory]
    [InlineData(0, 2, 2)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 0)]
    [InlineData(7, 1, 0)]
    [InlineData(-7, 2, 2)]
    public void Errors_AfterShift_AreCountedByHand(double shift, long all, long ofLast)
    {
        var shifted = ClassBias.Shift(s_logits, 3, s_last, shift);

        Assert.Equal(all, ClassBias.Errors(shifted, s_labels, 3));
        Assert.Equal(ofLast, ClassBias.Errors(shifted, s_labels, 3, s_last));
    }

    [Fact]
    public void Pick_SeveralEquallyGood_TakesTheNearestToZero()
    {
        Assert.Equal(2, ClassBias.Pick(s_logits, s_labels, 3, s_last, [5, -1, 3, 2, 0, 7]));
        Assert.Equal(0, ClassBias.Pick([9, 0, 0], [0], 3, s_last, [4, 0, -4]));
    }

    [Fact]
    public void Pick_TwoClasses_LowersBoth()
    {
        // A net that says 1 or 2 whatever it sees, by 3.
        float[] logits = [1, 3.9f, 0, 1, 0, 3.9f, 0, 9, 0];

        Assert.Equal(-3, ClassBias.Pick(logits, [0, 0, 1], 3, [1, 2], [-3, -2, 0, 3]));
    }

    [Fact]
    public void Every_WrongSizes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ClassBias.Shift([1, 2], 3, s_last, 1));
        Assert.Throws<ArgumentException>(() => ClassBias.Shift([1, 2, 3], 3, [3], 1));
        Assert.Throws<ArgumentException>(() => ClassBias.Errors([1, 2, 3], [0, 1], 3));
        Assert.Throws<ArgumentException>(() => ClassBias.Pick([1, 2, 3], [0], 3, s_last, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassBias.Errors([], [], 0));
    }
}
