using System.Diagnostics;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Cli.Tests.Commands;

public sealed class LocalJobsTests : IDisposable
{
    private readonly TinyDigits _digits = new();

    public void Dispose() => _digits.Dispose();

    [Fact]
    public void Distill_TwoJobs_EndsWithTheBitsAndTheTableOfOneProcess()
    {
        var alone = Start(_digits.Distill("alone", "--epochs", "2", "--student-views", "2"));
        var jobs = Start(_digits.Distill("jobs", "--epochs", "2", "--student-views", "2", "--jobs", "2"));

        Assert.Equal((ExitCode.Success, ExitCode.Success), (alone.ExitCode, jobs.ExitCode));
        Assert.Equal(Weights("alone"), Weights("jobs"));
        Assert.Equal(5, Weights("jobs").Count);
        Assert.Contains("[1/5] teachers/0\n[2/5] teachers/1\n", jobs.Output, StringComparison.Ordinal);
        Assert.Contains("\nsoft-targets: done in ", jobs.Output, StringComparison.Ordinal);
        Assert.Contains("\nensemble of 2 ", jobs.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 2 of 2", File.ReadAllText(Path.Combine(_digits.RootPath, "jobs", "jobs", "logs", "teachers_0.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void Sweep_TwoJobs_EndsWithItsTable()
    {
        string[] typed =
        [
            "sweep", .. _digits.Distill("sweep").Skip(1).TakeWhile(word => word != "--student"), "--students", "mlp-8,mlp-4", "--device", "cpu", "--precision", "fp32", "--batch-size", "20",
            "--epochs", "1", "--jobs", "2", "--out", Path.Combine(_digits.RootPath, "sweep"),
        ];

        var sweep = Start(typed);

        Assert.True(sweep.ExitCode == ExitCode.Success, sweep.Error);
        Assert.Contains("runs/mlp-4-s1/student: done in ", sweep.Output, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(Path.Combine(_digits.RootPath, "sweep", "results.csv")).Length);
    }

    [Fact]
    public void Distill_StageThatFails_SaysWhyAndWhereItsLogIs()
    {
        Assert.Equal(ExitCode.Success, CliRun.Plain(_digits.Distill("torn", "--epochs", "1", "--begin")).ExitCode);
        // A folder where the teacher's weights should go.
        Directory.CreateDirectory(Path.Combine(_digits.RootPath, "torn", "teachers", "1", ModelFile.WeightsName));

        var run = Start(_digits.Distill("torn", "--epochs", "1", "--jobs", "2"));

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.Contains("teachers/1: failed: error: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("teachers/0: done in ", run.Output, StringComparison.Ordinal);
        Assert.Contains("(all that it wrote: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Distill_Killed_HasItsProcessesStopAndKeepCheckpoints()
    {
        using var first = Begin(_digits.Distill("killed", "--epochs", "100000", "--jobs", "2", "--checkpoint-seconds", "0"));
        try
        {
            string[] logs = [.. Enumerable.Range(0, 2).Select(teacher => Path.Combine(_digits.RootPath, "killed", "jobs", "logs", $"teachers_{teacher}.log"))];
            Assert.True(SpinWait.SpinUntil(() => logs.All(log => File.Exists(log) && Shared(log).Contains("epoch 1 ", StringComparison.Ordinal)), TimeSpan.FromMinutes(2)));
        }
        finally
        {
            // SIGKILL: it cannot tell them.
            first.Kill();
            first.WaitForExit();
        }

        Assert.True(SpinWait.SpinUntil(() => Enumerable.Range(0, 2).All(teacher => CheckpointOf(teacher) is not null && !IsLocked(teacher)), TimeSpan.FromMinutes(1)), "the teachers' processes went on");

        string? CheckpointOf(int teacher) => Directory.EnumerateFiles(Path.Combine(_digits.RootPath, "killed", "teachers", $"{teacher}"), "checkpoint*").FirstOrDefault();

        bool IsLocked(int teacher) => CliRun.Stopped("run", "stage", Path.Combine(_digits.RootPath, "killed"), $"teachers/{teacher}").ExitCode != ExitCode.Interrupted;
    }

    [Theory]
    [InlineData("--jobs: must be 1 to 256, is 0", "--jobs", "0")]
    [InlineData("--jobs: says what this machine does at once; leave it out with --engine", "--jobs", "2", "--engine", "slurm")]
    [InlineData("--hourly-rate: counts the hours of every stage", "--jobs", "2", "--hourly-rate", "3")]
    [InlineData("--jobs: says what this machine does at once; leave it out with --begin", "--jobs", "2", "--begin")]
    public void Distill_JobsThatCannotBeMeant_AreRefused(string fault, params string[] flags)
    {
        var run = CliRun.Plain(_digits.Distill("refused", flags));

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(fault, run.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_digits.RootPath, "refused")));
    }

    private static CliRun Start(string[] typed)
    {
        using var process = Begin(typed);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)));
        return new CliRun(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    // As many threads in every process: sums are then the same.
    private static Process Begin(string[] typed)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(CommandLine).Assembly.Location, .. typed]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    private static string Shared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private List<string> Weights(string folder)
    {
        var path = Path.Combine(_digits.RootPath, folder);
        return
        [
            .. Directory.EnumerateFiles(path, ModelFile.WeightsName, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{Path.GetRelativePath(path, file)}: {FileChecksum.Sha256(file)}"),
            FileChecksum.Sha256(Path.Combine(path, "soft-targets", "view-0001.logits")),
        ];
    }
}
