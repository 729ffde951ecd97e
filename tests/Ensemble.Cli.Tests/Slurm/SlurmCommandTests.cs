using Ensemble.Processes;

namespace Ensemble.Cli.Tests.Slurm;

/// <summary>What is typed and shown, on a Slurm that is not there.</summary>
public sealed class SlurmCommandTests : IDisposable
{
    private readonly TinyDigits _digits = new();
    private int _next = 40;
    private string _queue = "";

    public void Dispose() => _digits.Dispose();

    [Fact]
    public void Distill_WithoutSbatch_SaysSoBeforeAnythingIsMade()
    {
        var run = CliRun.With(new FakePrograms((_, _) => null), _digits.Distill("run", "--engine", "slurm"));

        Assert.Equal((ExitCode.Fault, "error: sbatch: is not on this machine; call from a node that has Slurm's commands, or leave out --engine slurm"), (run.ExitCode, run.ErrorLine));
        Assert.False(Directory.Exists(In("run")));
    }

    [Theory]
    [InlineData("error: --partition, --cpus: only with --engine slurm", "--partition", "gpu", "--cpus", "2")]
    [InlineData("error: --begin: names the stages for other schedulers", "--engine", "slurm", "--begin")]
    [InlineData("error: --cpus: must be at least 1, is 0", "--engine", "slurm", "--cpus", "0")]
    [InlineData("error: --soft-target-shards: must be 1 to 10000, is 0", "--engine", "slurm", "--soft-target-shards", "0")]
    [InlineData("error: --sbatch-flag: must begin with -, is qos", "--engine", "slurm", "--sbatch-flag=qos")]
    [InlineData("error: --engine: must be local or slurm, is pbs", "--engine", "pbs")]
    public void Distill_WhatCannotBeMeant_IsToldInALine(string fault, params string[] typed)
    {
        var run = CliRun.With(Slurm(), _digits.Distill("run", typed));

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith(fault, run.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(In("run")));
    }

    [Fact]
    public void Distill_OnSlurm_TellsJobsAndWarnsOfAFolderOfOneNode()
    {
        var slurm = Slurm();

        var run = CliRun.With(slurm, _digits.Distill("run", "--epochs", "3", "--student-views", "1", "--engine", "slurm", "--gpus", "1", "--hourly-rate", "2.5", "--checkpoint-seconds", "7"));

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("job 40: teachers/0, teachers/1\njob 41: soft-targets, after 40\njob 42: baseline\njob 43: student, after 40, 41\njob 44: evaluation, after 40, 41, 42, 43\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("to submit again what failed: ./ensemble distill --data mnist ", run.Output, StringComparison.Ordinal);
        Assert.StartsWith($"warning: {In("run")} is under ", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(5, slurm.Calls.Count(call => call.Contains("--gpus=1", StringComparison.Ordinal)));
        var script = File.ReadAllText(In("run", "jobs", "teachers.sh"));
        Assert.Contains($"1) stage=('run' 'stage' '{In("run")}' 'teachers/1' '--hourly-rate' '2.5' '--checkpoint-seconds' '7') ;;", script, StringComparison.Ordinal);
        Assert.Contains(typeof(CommandLine).Assembly.Location, script, StringComparison.Ordinal);
    }

    [Fact]
    public void Distill_Again_TakesTheOptionsOfTheFirstTime()
    {
        CliRun.With(Slurm(), _digits.Distill("run", "--epochs", "3", "--student-views", "1", "--engine", "slurm", "--partition", "gpu", "--time", "90", "--soft-target-shards", "2"));
        var slurm = Slurm();

        var run = CliRun.With(slurm, _digits.Distill("run", "--epochs", "3", "--student-views", "1", "--engine", "slurm", "--partition", "cpu"));

        Assert.Contains("soft-targets/1-of-2", run.Output, StringComparison.Ordinal);
        Assert.All(slurm.Calls.Where(call => call.StartsWith("sbatch --parsable", StringComparison.Ordinal)), call => Assert.Contains("--partition=cpu --time=90", call, StringComparison.Ordinal));
    }

    [Fact]
    public void Show_SubmittedRun_TellsStatesReasonsAndLogs()
    {
        CliRun.With(Slurm(), _digits.Distill("run", "--epochs", "3", "--student-views", "1", "--engine", "slurm"));
        File.WriteAllText(In("run", "teachers", "1", "slurm-40_1.log"), "reading\nerror: the disk is full\n");
        _queue = "40|0|RUNNING|n1|None\n40|1|FAILED|n2|NonZeroExitCode\n41|N/A|PENDING||DependencyNeverSatisfied\n42|N/A|PENDING||Resources\n";

        var shown = CliRun.With(Slurm(), "runs", "show", In("run")).Output;

        Assert.Matches(@"teachers/0 +running +0 of 3 +- +- +40_0 +n1 +-\n", shown);
        Assert.Matches(@"teachers/1 +failed +0 of 3 +- +- +40_1 +n2 +FAILED: error: the disk is full\n", shown);
        Assert.Matches(@"soft-targets +waiting .*a stage that it needs failed \(DependencyNeverSatisfied\)", shown);
        Assert.Matches(@"baseline +waiting .*for a free node \(Resources\)", shown);
        Assert.Matches(@"student +failed .*Slurm has forgotten the job, and there is no log", shown);
    }

    [Fact]
    public void Show_WhereSlurmIsNot_TellsWhatTheFolderTells()
    {
        CliRun.With(Slurm(), _digits.Distill("run", "--epochs", "3", "--student-views", "1", "--engine", "slurm"));

        var shown = CliRun.With(new FakePrograms((_, _) => null), "runs", "show", In("run"));

        Assert.Equal(ExitCode.Success, shown.ExitCode);
        Assert.Contains("Slurm cannot be asked here", shown.Output, StringComparison.Ordinal);
        Assert.Matches(@"teachers/0 +waiting +0 of 3", shown.Output);
    }

    [Fact]
    public void Cancel_SubmittedRun_EndsWhatIsLive()
    {
        CliRun.With(Slurm(), _digits.Distill("run", "--epochs", "3", "--student-views", "1", "--engine", "slurm"));
        _queue = "40|0|COMPLETED|n1|None\n40|1|RUNNING|n2|None\n41|N/A|PENDING||Dependency\n";
        var slurm = Slurm();

        var cancelled = CliRun.With(slurm, "runs", "cancel", In("run"));

        Assert.Equal((ExitCode.Success, "cancelled 2 jobs: 40_1, 41\n"), (cancelled.ExitCode, cancelled.Output));
        Assert.Contains("scancel 40_1 41", slurm.Calls);
    }

    [Fact]
    public void Cancel_RunThatWasNotSubmitted_IsToldInALine()
    {
        CliRun.Plain(_digits.Distill("run", "--begin"));

        Assert.Contains("submit the run with --engine slurm", CliRun.With(Slurm(), "runs", "cancel", In("run")).ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Stage_ShardsThenTheWhole_EndWithTheStoreOfOneProcess()
    {
        string[] training = ["--epochs", "1", "--student-views", "2"];
        Assert.Equal(ExitCode.Success, CliRun.Plain(_digits.Distill("whole", training)).ExitCode);
        CliRun.Plain(_digits.Distill("run", [.. training, "--begin"]));
        Assert.Equal(ExitCode.Success, Stage("teachers/0").ExitCode);
        Assert.Equal(ExitCode.Success, Stage("teachers/1").ExitCode);

        Assert.Contains("soft targets (shard 1/2 of 2 views of 200 images)", Stage("soft-targets", "--shard", "1/2").Output, StringComparison.Ordinal);
        var early = Stage("soft-targets");
        Assert.Equal(ExitCode.Fault, early.ExitCode);
        Assert.Contains("no shard with samples 0 to 199 (there: 1-of-2)", early.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Stage("soft-targets", "--shard", "2/2").ExitCode);
        Assert.Contains("was done already", Stage("soft-targets", "--shard", "2/2").Output, StringComparison.Ordinal);
        var joined = Stage("soft-targets");

        Assert.Equal((ExitCode.Success, ""), (joined.ExitCode, joined.Error));
        foreach (var view in new[] { "view-0000.logits", "view-0001.logits" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(In("whole"), "soft-targets", view)), File.ReadAllBytes(In("run", "soft-targets", view)));
        }

        Assert.False(Directory.Exists(In("run", "soft-targets", "shards")));
    }

    [Theory]
    [InlineData("soft-targets", "3/2", "--shard: must be I/N")]
    [InlineData("baseline", "1/2", "--shard: only of the stage soft-targets, not of baseline")]
    public void Stage_ShardThatCannotBeMeant_IsToldInALine(string key, string shard, string fault)
    {
        CliRun.Plain(_digits.Distill("run", "--student-views", "1", "--begin"));

        var run = Stage(key, "--shard", shard);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith($"error: {fault}", run.ErrorLine, StringComparison.Ordinal);
    }

    private CliRun Stage(string key, params string[] more) => CliRun.Plain(["run", "stage", In("run"), key, .. more]);

    private string In(params string[] parts) => Path.Combine([_digits.RootPath, .. parts]);

    private FakePrograms Slurm() => new((program, arguments) => program switch
    {
        "sbatch" => new ProgramAnswer(0, arguments[0] == "--version" ? "slurm 22.05.8\n" : $"{_next++}\n", ""),
        "squeue" => new ProgramAnswer(0, _queue, ""),
        "sacct" => null,
        _ => new ProgramAnswer(0, "", ""),
    });
}
