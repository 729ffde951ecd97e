namespace Ensemble.Cli.Tests.Commands;

public sealed class ExperimentCommandTests
{
    [Fact]
    public void Experiment_Quick_DoesItAndLeavesTheCommittedResultsAlone()
    {
        var folder = Directory.CreateTempSubdirectory("ensemble-experiment-").FullName;
        try
        {
            var run = CliRun.Plain("experiment", "two-digits", "--quick", "--runs", folder);

            Assert.Equal(ExitCode.Success, run.ExitCode);
            Assert.Contains("biases picked on images held out: errors", run.Output, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder, "results", "two-digits", "results.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Experiment_UnknownOrNoName_IsRefused()
    {
        Assert.Contains("mnist-table", CliRun.Plain("experiment", "mnist-tabel").ErrorLine, StringComparison.Ordinal);
        Assert.NotEqual(ExitCode.Success, CliRun.Plain("experiment").ExitCode);
    }
}
