using System.Text.Json;

namespace Ensemble.Experiments.Tests;

/// <summary>Every experiment in its quick form: the same code on tiny nets and drawn images.</summary>
public sealed class QuickFormTests
{
    public static TheoryData<string> Names() => [.. ExperimentSuite.All.Select(experiment => experiment.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_Quick_WritesResultsRecipesAndFiguresAndIsDoneTheSecondTime(string name)
    {
        using var folder = new TemporaryFolder();
        var first = Run(name, folder, []);
        var lines = new List<string>();

        var second = Run(name, folder, lines);

        Assert.True(first.IsComplete);
        Assert.NotEmpty(first.Measurements);
        Assert.All(first.Measurements, row => Assert.All(row.Values, value => Assert.True(double.IsFinite(value))));
        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(second));
        Assert.NotEmpty(first.Figures);
        Assert.All(first.Figures, figure => Assert.StartsWith("<?xml", File.ReadAllText(folder.At("results", name, figure.File)), StringComparison.Ordinal));
        using var recipes = JsonDocument.Parse(File.ReadAllText(folder.At("results", name, Laboratory.RecipesName)));
        Assert.Equal(first.Networks, recipes.RootElement.EnumerateObject().Count());
        var stages = lines.Where(line => line.Contains("): ", StringComparison.Ordinal)).ToArray();
        Assert.All(stages, line => Assert.EndsWith("was done", line, StringComparison.Ordinal));
        Assert.Equal(first.Networks, stages.Distinct().Count());
    }

    [Fact]
    public void Run_MnistTable_LearnsEvenFromSoftTargetsAlone()
    {
        using var folder = new TemporaryFolder();

        var errors = Run("mnist-table", folder, []).Measurements;

        // Of 100 images of ten classes; a net that knows nothing makes 90 errors.
        Assert.All(errors, row => Assert.True(row.Mean < 45, $"{row.What}: {row.Ours}"));
    }

    [Fact]
    public void Run_OmittedDigit_KnowsMostOfWhatItNeverSaw()
    {
        using var folder = new TemporaryFolder();

        var rows = Run("omitted-digit", folder, []).Measurements;

        // Ten of the test images are threes: a net with hard labels alone would miss them all.
        Assert.True(rows[6].Mean <= 5, $"{rows[6].Mean} of ten threes wrong");
        Assert.True(rows[2].Mean <= rows[0].Mean, "the constant that is best on the test images makes nothing worse");
    }

    [Fact]
    public void Run_TransferSets_HaveTheImagesThatTheirNamesSay()
    {
        using var folder = new TemporaryFolder();
        Run("omitted-digit", folder, []);
        Run("two-digits", folder, []);
        Run("soft-targets-regularise", folder, []);

        // 400 drawn images of ten classes, 100 of them held out: 30 of each are left.
        Assert.Equal(270, Recipe("omitted-digit", "mnist/without-3/1").GetProperty("images").GetInt32());
        Assert.Equal(60, Recipe("two-digits", "mnist/sevens-and-eights/1").GetProperty("images").GetInt32());
        var (hard, soft) = (Recipe("soft-targets-regularise", "mnist/share/hard/1"), Recipe("soft-targets-regularise", "mnist/share/soft/1"));
        Assert.Equal(hard.GetProperty("imagesChecksum").GetString(), soft.GetProperty("imagesChecksum").GetString());
        Assert.Equal("hard", hard.GetProperty("objective").GetString());
        Assert.Equal(0, soft.GetProperty("objectiveOptions").GetProperty("hardWeight").GetDouble());

        JsonElement Recipe(string experiment, string key)
        {
            using var recipes = JsonDocument.Parse(File.ReadAllText(folder.At("results", experiment, Laboratory.RecipesName)));
            return recipes.RootElement.GetProperty(key).Clone();
        }
    }

    [Fact]
    public void Program_WrongArguments_SaysHow()
    {
        using var error = new StringWriter();

        Assert.Equal(2, ExperimentProgram.Run(ExperimentSuite.Find("two-digits"), ["--fast"], TextWriter.Null, error));
        Assert.Contains("--quick", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Program_DataThatAreNotThere_IsOneLineAndCodeOne()
    {
        using var folder = new TemporaryFolder();
        using var error = new StringWriter();

        Assert.Equal(1, ExperimentProgram.Run(ExperimentSuite.Find("two-digits"), ["--data-dir", folder.FullPath, "--runs", folder.At("runs")], TextWriter.Null, error));
        Assert.Single(error.ToString().Trim().Split('\n'));
    }

    [Fact]
    public void Find_UnknownName_NamesAll() =>
        Assert.Contains("mnist-table", Assert.Throws<UnknownNameException>(() => ExperimentSuite.Find("mnist-tables")).Message, StringComparison.Ordinal);

    private static ExperimentResults Run(string name, TemporaryFolder folder, List<string> lines)
    {
        var options = new ExperimentOptions
        {
            IsQuick = true, RunsDirectory = folder.At("runs"), ResultsDirectory = folder.At("results"), CancellationToken = TestContext.Current.CancellationToken,
        };
        ExperimentSuite.Run(ExperimentSuite.Find(name), options, lines.Add);
        return ExperimentResults.Read(folder.At("results", name, ExperimentResults.FileName));
    }
}
