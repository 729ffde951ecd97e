using Ensemble.Runs;

namespace Ensemble.Plots.Tests;

public sealed class AccuracyAgainstSizeTests
{
    [Fact]
    public void Draw_TitleLongerThanTheFigure_IsBrokenIntoLines()
    {
        var title = string.Join(' ', Enumerable.Repeat("accuracy against size", 8));

        using var drawn = new Rendered(AccuracyAgainstSize.Draw([Results.Sweep()[0]], new AccuracyAgainstSizeOptions { Title = title }));

        drawn.AssertTextsApart();
        Assert.StartsWith(title, string.Join(' ', drawn.Texts.SkipWhile(text => !title.StartsWith(text, StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_Quickstart_HasEveryModelAndSaysWhatItsBarsAre()
    {
        using var drawn = new Rendered(AccuracyAgainstSize.Draw(Results.Quickstart(), new AccuracyAgainstSizeOptions()));

        string[] expected =
        [
            "shapes: accuracy against size", "students: means of 3 seeds; bars from the lowest to the highest", "parameters", "accuracy, % of the test images",
            "teacher", "ensemble", "student alone", "student distilled", "frontier", "9 × resnet20", "ensemble of 3", "resnet8x0.5",
        ];
        drawn.AssertHas(expected);
        drawn.AssertTextsApart();
    }

    [Fact]
    public void Draw_Points_StandWhereTheDataIsInTheirRolesColour()
    {
        var runs = Results.Quickstart();
        using var drawn = new Rendered(AccuracyAgainstSize.Draw(runs, new AccuracyAgainstSizeOptions()));

        foreach (var (role, parameters) in new[] { (ModelRole.Teacher, 272_474), (ModelRole.Ensemble, 817_422), (ModelRole.Baseline, 19_954), (ModelRole.Student, 19_954) })
        {
            var mean = runs.SelectMany(run => run.Results.Models).Where(model => model.Role == role).Average(model => 100 * model.Accuracy);
            Assert.Equal(Palette.Of(role).Color, drawn.At(Math.Log10(parameters), mean));
        }
    }

    [Theory]
    [InlineData(SizeMeasure.Parameters, "parameters", "100k")]
    [InlineData(SizeMeasure.MultiplyAdds, "multiply-adds for one image", "10M")]
    [InlineData(SizeMeasure.Bytes, "bytes", "100k")]
    [InlineData(SizeMeasure.Latency, "milliseconds for one image", "1")]
    public void Draw_EverySizeOfASweep_KeepsItsTextsApart(SizeMeasure size, string label, string mark)
    {
        var figure = AccuracyAgainstSize.Draw(Results.Sweep(), new AccuracyAgainstSizeOptions { Size = size });

        using var drawn = new Rendered(figure);

        Assert.Contains(label, drawn.Texts);
        Assert.Contains(mark, drawn.Texts);
        Assert.Empty(figure.OmittedLabels);
        Assert.Equal(9, figure.Labels.Count);
        drawn.AssertTextsApart();
    }

    [Fact]
    public void Draw_Labels_CoverNoMarkerAndNoBar()
    {
        var runs = Results.Sweep();
        var figure = AccuracyAgainstSize.Draw(runs, new AccuracyAgainstSizeOptions());
        figure.ToSvg();

        foreach (var point in SizedPoint.Gather(runs, SizeMeasure.Parameters, null).Points)
        {
            var (low, high) = (figure.PixelOf(Math.Log10(point.Size), point.Low), figure.PixelOf(Math.Log10(point.Size), point.High));
            var marks = new LabelBox("", low.X - 6, high.Y, low.X + 6, low.Y + 1);
            Assert.All(figure.Labels, label => Assert.False(label.Overlaps(marks), $"{label} covers {point}"));
        }
    }

    [Fact]
    public void Draw_Variants_AreSeriesOfTheirOwn()
    {
        using var drawn = new Rendered(AccuracyAgainstSize.Draw(Results.Sweep("T = 1", "T = 4"), new AccuracyAgainstSizeOptions()));

        drawn.AssertHas("distilled, T = 1", "distilled, T = 4", "student alone");
        Assert.Equal(Palette.Series[1].Color, drawn.At(Math.Log10(5_200), 64.8));
        drawn.AssertTextsApart();
    }

    [Fact]
    public void Gather_SharedTeachersOfASweep_CountOnce()
    {
        var (points, spread) = SizedPoint.Gather(Results.Sweep(), SizeMeasure.Parameters, null);

        Assert.Equal(Spread.MinimumToMaximum, spread);
        Assert.Equal(15, Assert.Single(points, point => point.Role == ModelRole.Teacher).Count);
        var student = Assert.Single(points, point => point is { Role: ModelRole.Student, Label: "resnet8" });
        Assert.Equal((3, 83.2, 82.9, 83.5), (student.Count, Math.Round(student.Accuracy, 6), Math.Round(student.Low, 6), Math.Round(student.High, 6)));
    }

    [Fact]
    public void Gather_WeightsOfOneChecksum_AreOneRepetition()
    {
        var run = Results.Quickstart()[0];
        var marked = run with { Results = run.Results with { Models = [.. run.Results.Models.Select((model, index) => model with { WeightsSha256 = new string((char)('a' + index), 64) })] } };

        var points = SizedPoint.Gather([marked, marked with { Results = marked.Results with { Seed = 9 } }], SizeMeasure.Parameters, null).Points;

        Assert.Equal(3, Assert.Single(points, point => point.Role == ModelRole.Teacher).Count);
        Assert.Equal(1, Assert.Single(points, point => point.Role == ModelRole.Student).Count);
    }

    [Fact]
    public void Gather_StandardDeviation_IsOfTheSample()
    {
        var point = SizedPoint.Gather(Results.Sweep(), SizeMeasure.Parameters, Spread.StandardDeviation).Points.Single(point => point is { Role: ModelRole.Student, Label: "resnet8" });

        // 82.9, 83.2 and 83.5 deviate by 0.3.
        Assert.Equal((82.9, 83.5), (Math.Round(point.Low, 6), Math.Round(point.High, 6)));
    }

    [Fact]
    public void Frontier_Points_AreThoseThatNoSmallerOneReaches()
    {
        var frontier = SizedPoint.Frontier(SizedPoint.Gather(Results.Sweep(), SizeMeasure.Parameters, null).Points);

        Assert.Equal(["resnet8x0.25", "resnet8x0.5", "resnet8", "resnet14", "resnet20", "resnet32", "15 × resnet56", "ensemble of 5"], frontier.Select(point => point.Label));
    }

    [Fact]
    public void Draw_OneRun_ShowsTheIntervalOverTheTestImages()
    {
        using var drawn = new Rendered(AccuracyAgainstSize.Draw([Results.Sweep()[0]], new AccuracyAgainstSizeOptions { Title = "mine" }));

        Assert.Contains("students: one seed; bars of 95% over the test images", drawn.Texts);
        Assert.Contains("mine", drawn.Texts);
    }

    [Fact]
    public void Draw_WhatCannotBe_IsRefused()
    {
        var run = Results.Quickstart()[0];
        var other = run with { Results = run.Results with { Dataset = "cifar10" } };
        var unmeasured = run with { Results = run.Results with { Models = [.. run.Results.Models.Select(model => model with { Latency = null })] } };

        Assert.Contains("one data set", Assert.Throws<ArgumentException>(() => AccuracyAgainstSize.Draw([run, other], new())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AccuracyAgainstSize.Draw([], new()));
        Assert.Contains("milliseconds", Assert.Throws<ArgumentException>(() => AccuracyAgainstSize.Draw([unmeasured], new() { Size = SizeMeasure.Latency })).Message, StringComparison.Ordinal);
        var faults = Assert.Throws<ArgumentException>(() => AccuracyAgainstSize.Draw([run], new() { Width = 10, Height = 9000 })).Message;
        Assert.Contains("Width must be 320 to 8000, is 10; Height must be 240 to 8000, is 9000", faults, StringComparison.Ordinal);
    }
}
