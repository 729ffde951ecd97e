using Ensemble.Data;
using Ensemble.Teachers.Specialists;

namespace Ensemble.Tests.Teachers.Specialists;

public sealed class SpecialistTests
{
    [Fact]
    public void Draw_TwoOfTenClasses_TakesAllOfTheseAndAsManyOthers()
    {
        var specialist = Specialist.Draw(Set(), [7, 2], seed: 1);

        Assert.Equal([2, 7], specialist.Classes);
        Assert.Equal([10, 10, 20], specialist.Images.CountPerClass());
        Assert.Equal(["2", "7", "dustbin"], specialist.Images.ClassNames.Select(name => name.TrimStart('c')));
        Assert.Equal(40, specialist.Images.Pixels.ToArray().Distinct().Count());
        // Pixels tell the class: 2 is output 0, 7 is output 1, every other the dustbin.
        Assert.All(Enumerable.Range(0, 40), index => Assert.Equal(
            (specialist.Images.Pixels.Span[index] % 10) switch { 2 => 0, 7 => 1, _ => 2 }, specialist.Images.Labels.Span[index]));
    }

    [Fact]
    public void DustbinShift_FourTimesOversampled_IsTheLogOfFour()
    {
        // All 20 images of the two classes, 20 of the 80 others.
        var specialist = Specialist.Draw(Set(), [2, 7], seed: 1);

        Assert.Equal(Math.Log(4), specialist.DustbinShift, 1e-12);
    }

    [Fact]
    public void Correct_NetThatKnowsNothing_GivesTheTrueShareOfTheDustbin()
    {
        // Trained on half dustbin, it says 1/2; in the data 8 of 10 images are of other classes.
        var specialist = Specialist.Draw(Set(), [2, 7], seed: 1);

        var corrected = specialist.Correct([MathF.Log(0.25f), MathF.Log(0.25f), MathF.Log(0.5f)]);

        Assert.Equal(0.1, corrected[0], 1e-6);
        Assert.Equal(0.1, corrected[1], 1e-6);
        Assert.Equal(0.8, corrected[2], 1e-6);
    }

    [Fact]
    public void Every_WrongClassesOrLogits_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Specialist.Draw(Set(), [], 1));
        Assert.Throws<ArgumentException>(() => Specialist.Draw(Set(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 1));
        Assert.Throws<ArgumentException>(() => Specialist.Draw(Set(), [1], 1).Correct([0, 0, 0]));
    }

    private static ImageDataset Set() => new(
        new ImageShape(1, 1, 1),
        Enumerable.Range(0, 100).Select(index => (byte)index).ToArray(),
        Enumerable.Range(0, 100).Select(index => index % 10).ToArray(),
        [.. Enumerable.Range(0, 10).Select(index => $"{index}")],
        "test");
}
