using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Pipeline;
using Ensemble.Teachers.Specialists;
using Ensemble.Training;

namespace Ensemble.Experiments.Tests;

public sealed class SpecialistGroupTests
{
    // Three classes, ten images of each; a specialist for 0 and 1.
    private static readonly ImageDataset s_all = new(
        new ImageShape(1, 1, 1), new byte[30], Enumerable.Range(0, 30).Select(index => index % 3).ToArray(), ["a", "b", "c"], "test");

    private static readonly Specialist s_specialist = Specialist.Draw(s_all, [0, 1], 1);
    private static readonly SpecialistGroup s_group = new(3, [(s_specialist, Network())]);

    [Fact]
    public void Combine_ImageOfTheSpecialistsClasses_IsDecidedByIt()
    {
        // The generalist leans to 0 by little, the specialist says 1; of the second image the generalist says 2, and nobody is asked.
        var answers = s_group.Combine(new SplitLogits(new float[] { 1.1f, 1, -9, 0, 0, 9 }, 3), _ => new SplitLogits(new float[] { 0, 6, 0, 9, 0, 0 }, 3));

        var row = answers.Values.Span;
        Assert.True(row[1] > row[0] + 1);
        Assert.Equal(Math.Log(Math.Exp(9) / (Math.Exp(9) + 2)), row[5], 1e-4);
        Assert.Equal(1, Enumerable.Range(0, 3).Sum(label => Math.Exp(answers.Values.Span[label])), 1e-5);
    }

    [Fact]
    public void ByCoverage_CountsImagesByTheirTrueClass()
    {
        var split = s_all.Subset([0, 1, 2]);

        var counts = s_group.ByCoverage(new SplitLogits(new float[] { 1, 0, 0, 1, 0, 0, 0, 0, 1 }, 3), split);

        Assert.Equal([(0, 1, 1), (1, 2, 1)], counts);
    }

    [Fact]
    public void Moved_CountsWhatBecameRightAndWhatBecameWrong()
    {
        // Labels 0, 1, 2, 0: right and wrong, wrong and right, right and right, wrong and wrong.
        var split = s_all.Subset([0, 1, 2, 3]);
        var before = new SplitLogits(new float[] { 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0 }, 3);
        var after = new SplitLogits(new float[] { 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1 }, 3);

        Assert.Equal((1, 1), s_group.Moved(before, after, split));
        Assert.Equal((0, 0), s_group.Moved(before, before, split));
    }

    private static WorkbenchNetwork Network() => new("specialist", "", null!, new NetworkRecipe
    {
        Architecture = "", Images = 1, ImagesChecksum = "", Training = new TrainingOptions(), Objective = "hard", Teachers = [],
    });
}
