using Ensemble.Runs;

namespace Ensemble.Plots.Tests;

public sealed class TextFrontierTests
{
    [Fact]
    public void Draw_FewModels_IsThisPicture()
    {
        var kind = Results.Quickstart()[0].Results;
        var run = new PlottedRun
        {
            Results = kind with
            {
                Models =
                [
                    Results.Model(kind, "teacher 1", ModelRole.Teacher, "resnet56", 100_000, 0.9) with { WeightsSha256 = new string('1', 64) },
                    Results.Model(kind, "ensemble of 2", ModelRole.Ensemble, "resnet56", 200_000, 0.95),
                    Results.Model(kind, "baseline", ModelRole.Baseline, "resnet8", 1_000, 0.6),
                    Results.Model(kind, "student", ModelRole.Student, "resnet8", 1_000, 0.75),
                ],
            },
        };

        var lines = TextFrontier.Draw([run], 60);

        Assert.Equal(
            """
            accuracy, % of the test images
            95.00 |                                                    D
                  |
                  |                                             C.......
                  |
                  |
            83.33 |
                  |
                  |
                  |
                  |B.............................................
            71.67 |
                  |
                  |
                  |
                  |
            60.00 |a
                  +-----------------------------------------------------
                   1k           parameters (logarithmic)            200k
            a  resnet8 alone: 1,000 parameters, 60.00%
            B  resnet8 distilled: 1,000 parameters, 75.00%
            C  resnet56: 100,000 parameters, 90.00%
            D  ensemble of 2: 200,000 parameters, 95.00%
            capitals: the frontier, each better than every smaller model
            """.ReplaceLineEndings("\n"),
            string.Join('\n', lines));
    }

    [Fact]
    public void Draw_Sweep_FitsTheWidthAndNamesEveryModelOnce()
    {
        foreach (var width in new[] { 40, 80, 120 })
        {
            var lines = TextFrontier.Draw(Results.Sweep(), width);

            Assert.All(lines.Take(19), line => Assert.InRange(line.Length, 0, width));
            var legend = lines.Skip(19).ToArray();
            // Seven students alone and distilled, the teachers, the ensemble.
            Assert.Equal(16 + 1, legend.Length);
            var letters = legend[..^1].Select(line => line[0]).ToArray();
            Assert.Equal(letters.Length, letters.Distinct().Count());
            var plot = string.Concat(lines.Skip(1).Take(16).Select(line => line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..]));
            Assert.All(letters, letter => Assert.Equal(1, plot.Count(drawn => drawn == letter)));
        }
    }

    [Fact]
    public void Draw_Capitals_AreTheModelsThatNoSmallerOneReaches()
    {
        var legend = TextFrontier.Draw(Results.Sweep(), 80).Skip(19).ToArray();

        Assert.Equal(
            ["resnet8x0.25 distilled", "resnet8x0.5 distilled", "resnet8 distilled", "resnet14 distilled", "resnet20 distilled", "resnet32 distilled", "15 × resnet56", "ensemble of 5"],
            legend.Where(line => char.IsUpper(line[0])).Select(line => line[3..line.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Contains("mean of 3", legend.First(line => line.Contains("resnet14 alone", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_MoreModelsThanLetters_NamesTheFrontierAndCountsTheRest()
    {
        var lines = TextFrontier.Draw(Results.Sweep("T = 1", "T = 2", "T = 4", "T = 8"), 100);

        // Seven alone, four times seven distilled, teachers and ensemble.
        Assert.Contains($"*  {37 - 26} others", lines);
        Assert.Equal(26, lines.Skip(19).Count(line => line.Length > 3 && char.IsAsciiLetter(line[0]) && line[1..3] == "  "));
        Assert.All(lines.Skip(19).Where(line => char.IsAsciiLetterUpper(line[0])), line => Assert.DoesNotContain("alone", line, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("distilled, T = 8", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_OneModel_IsNoPicture()
    {
        var kind = Results.Quickstart()[0].Results;

        Assert.Empty(TextFrontier.Draw([new PlottedRun { Results = kind with { Models = [Results.Model(kind, "baseline", ModelRole.Baseline, "resnet8", 1_000, 0.6)] } }], 80));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextFrontier.Draw([], 39));
    }

    [Fact]
    public void Draw_AllAlike_StillDraws()
    {
        var kind = Results.Quickstart()[0].Results;
        var models = new[] { ("baseline", ModelRole.Baseline), ("student", ModelRole.Student) }.Select(model => Results.Model(kind, model.Item1, model.Item2, "resnet8", 1_000, 0.6));

        var lines = TextFrontier.Draw([new PlottedRun { Results = kind with { Models = [.. models] } }], 40);

        Assert.Single(lines, line => line.Contains("Ab", StringComparison.Ordinal));
        Assert.Equal("capital: the frontier, which no smaller model reaches", lines[^1]);
    }
}
