namespace Ensemble.Experiments.Tests;

public sealed class ResultsPageTests
{
    [Fact]
    public void CommittedPage_IsWhatTheCommittedResultsGive() =>
        Assert.Equal(ResultsPage.Of(ExperimentSuite.All, Repository.Results), File.ReadAllText(Repository.Page).ReplaceLineEndings("\n"));

    [Fact]
    public void Of_NoResults_SaysThatNothingWasDone()
    {
        using var folder = new TemporaryFolder();

        var page = ResultsPage.Of(ExperimentSuite.All, folder.FullPath);

        Assert.All(ExperimentSuite.All, experiment => Assert.Contains($"## {experiment.Name}\n", page, StringComparison.Ordinal));
        Assert.Equal(ExperimentSuite.All.Count, page.Split("\nNot done at full size yet.\n").Length - 1);
    }

    [Fact]
    public void Of_Results_HasPaperOursVerdictFigureSeedsHardwareAndTime()
    {
        using var folder = new TemporaryFolder();
        var experiment = ExperimentSuite.Find("mnist-table");
        Results(isComplete: true).Write(folder.At(experiment.Name, ExperimentResults.FileName));

        var page = ResultsPage.Of(ExperimentSuite.All, folder.FullPath);

        Assert.Contains("| small net | 74 | 80.0 ± 2.0 (78 to 82) errors | 3 | at most 74: missed |", page, StringComparison.Ordinal);
        Assert.Contains("- **Does not hold**: it is as good. 80 against 74.", page, StringComparison.Ordinal);
        Assert.Contains("![what it shows](results/mnist-table/figure.svg)", page, StringComparison.Ordinal);
        Assert.Contains("Seeds: 1 to 3. 4 networks, 60 min of training", page, StringComparison.Ordinal);
        Assert.Contains("2 cores of a processor (cpu), libtorch 1.13.0", page, StringComparison.Ordinal);
        Assert.Contains("| [mnist-table](#mnist-table) | 0 of 1 claims hold | 60 min |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not finished", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ResultsThatAreNotWhole_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Results(isComplete: false).Write(folder.At("mnist-table", ExperimentResults.FileName));

        Assert.Contains("not finished", ResultsPage.Of(ExperimentSuite.All, folder.FullPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedResults_IsAFaultWithThePath()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("results.json"), "{");

        Assert.Contains("results.json", Assert.Throws<DataFaultException>(() => ExperimentResults.Read(folder.At("results.json"))).Message, StringComparison.Ordinal);
    }

    private static ExperimentResults Results(bool isComplete) => new()
    {
        Name = "mnist-table",
        IsComplete = isComplete,
        Measurements = [new Measurement { What = "small net", Paper = "74", Unit = "errors", Values = [80, 78, 82], AtMost = 74 }],
        Verdicts = [new Verdict("it is as good", false, "80 against 74")],
        Notes = ["A note."],
        Seeds = "1 to 3",
        Figures = [new FigureEntry("figure.svg", "what it shows")],
        Networks = 4,
        TrainSeconds = 3600,
        Hardware = new Runs.MachineInfo
        {
            Processor = "a processor", LogicalCores = 2, MemoryBytes = 1, OperatingSystem = "an os", DotNetVersion = "10", LibtorchVersion = "1.13.0", Device = "cpu", HasBfloat16 = true,
        },
        Versions = new Dictionary<string, string> { ["libtorch"] = "1.13.0" },
    };
}
