using Ensemble.Evaluation;
using Ensemble.Measurement;

namespace Ensemble.Experiments;

/// <summary>
/// The errors of a net before and after the bias of some classes is moved: by the constant that is best on the test images, as
/// in the paper, and by the one that is best on images held out of training.
/// </summary>
public sealed record BiasShift
{
    private static readonly double[] s_constants = [.. Enumerable.Range(-200, 401).Select(step => step / 10.0)];

    /// <summary>Before.</summary>
    public required ErrorCount Before { get; init; }

    /// <summary>The constant that was picked on the test images.</summary>
    public required double TestPick { get; init; }

    /// <summary>After moving by it.</summary>
    public required ErrorCount AfterTestPick { get; init; }

    /// <summary>The constant that was picked on the images held out.</summary>
    public required double HonestPick { get; init; }

    /// <summary>After moving by it.</summary>
    public required ErrorCount AfterHonestPick { get; init; }

    /// <summary>After moving by it, the errors on the images of each class.</summary>
    public required IReadOnlyList<long> HonestErrorsByClass { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="held">What the net answers about the images held out.</param>
    /// <param name="heldLabels">Their labels.</param>
    /// <param name="test">What it answers about the test images.</param>
    /// <param name="testLabels">Their labels.</param>
    /// <param name="classes">The classes whose bias moves.</param>
    public static BiasShift Measure(SplitLogits held, ReadOnlyMemory<int> heldLabels, SplitLogits test, ReadOnlyMemory<int> testLabels, IReadOnlyList<int> classes)
    {
        // Picked before the test images' labels are looked at.
        var honest = ClassBias.Pick(held.Values.Span, heldLabels.Span, held.ClassCount, classes, s_constants);
        var asInThePaper = ClassBias.Pick(test.Values.Span, testLabels.Span, test.ClassCount, classes, s_constants);
        return new BiasShift
        {
            Before = Count(0),
            TestPick = asInThePaper,
            AfterTestPick = Count(asInThePaper),
            HonestPick = honest,
            AfterHonestPick = Count(honest),
            HonestErrorsByClass = [.. Enumerable.Range(0, test.ClassCount).Select(label => ClassBias.Errors(ClassBias.Shift(test.Values.Span, test.ClassCount, classes, honest), testLabels.Span, test.ClassCount, [label]))],
        };

        ErrorCount Count(double shift)
        {
            var shifted = ClassBias.Shift(test.Values.Span, test.ClassCount, classes, shift);
            return new ErrorCount(
                ClassBias.Errors(shifted, testLabels.Span, test.ClassCount),
                ClassBias.Errors(shifted, testLabels.Span, test.ClassCount, classes));
        }
    }
}
