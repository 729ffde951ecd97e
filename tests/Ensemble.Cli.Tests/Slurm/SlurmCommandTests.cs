using Ensemble.Processes;

namespace Ensemble.Cli.Tests.Slurm;

/// <summary>What is typed and shown, on a Slurm that is not there.</summary>
public sealed class SlurmCommandTests : IDisposable
{
    // Two batches of an evaluation, so that each of two shards has one.
    private readonly TinyDigits _digits = new(testCount: 600);
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
    [InlineData("error: --evaluation-shards: must be 1 to 10000, is 10001", "--engine", "slurm", "--evaluation-shards", "10001")]
    [InlineData("error: --evaluation-shards: only with --engine slurm", "--evaluation-shards", "2")]
    [InlineData("error: --export: must be onnx or safetensors or bundle, is tflite", "--export", "tflite")]
    [InlineData("error: --offline: only with --export", "--offline")]
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
        CliRun.With(Slurm(), _digits.Distill("run", "--epochs", "3", "--student-views", "1", "--engine", "slurm", "--partition", "gpu", "--time", "90", "--soft-target-shards", "2", "--evaluation-shards", "3", "--export", "safetensors"));
        var slurm = Slurm();

        var run = CliRun.With(slurm, _digits.Distill("run", "--epochs", "3", "--student-views", "1", "--engine", "slurm", "--partition", "cpu"));

        Assert.Contains("soft-targets/1-of-2", run.Output, StringComparison.Ordinal);
        Assert.Contains("evaluation/1-of-3, evaluation/2-of-3, evaluation/3-of-3, after ", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"job \d+: export, after \d+\n", run.Output);
        Assert.Contains($"stage=('run' 'stage' '{In("run")}' 'export' '--export' 'safetensors')", File.ReadAllText(In("run", "jobs", "export.sh")), StringComparison.Ordinal);
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

    [Fact]
    public void Stage_EvaluationInParts_EndsWithTheAnswersOfOneProcess()
    {
        string[] training = ["--epochs", "1", "--student-views", "1"];
        Assert.Equal(ExitCode.Success, CliRun.Plain(_digits.Distill("run", training)).ExitCode);
        var answers = File.ReadAllBytes(In("run", "evaluation", "answers.bin"));
        Array.ForEach([In("run", "results.json"), In("run", "report.html"), In("run", "evaluation", "answers.bin")], File.Delete);

        var first = Stage("evaluation", "--shard", "1/2");
        Assert.Equal((ExitCode.Success, ""), (first.ExitCode, first.Error));
        Assert.Contains("evaluation (shard 1/2 of 600 test images)", first.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(In("run", "report.html")));
        var early = Stage("evaluation");
        Assert.Equal(ExitCode.Fault, early.ExitCode);
        Assert.Contains("no part 2-of-2 (there: 1-of-2)", early.ErrorLine, StringComparison.Ordinal);
        Assert.Matches("evaluation +begun", CliRun.Plain("runs", "show", In("run")).Output);
        Assert.Equal(ExitCode.Success, Stage("evaluation", "--shard", "2/2").ExitCode);
        Assert.Contains("was done already", Stage("evaluation", "--shard", "2/2").Output, StringComparison.Ordinal);
        var joined = Stage("evaluation");

        Assert.Equal((ExitCode.Success, ""), (joined.ExitCode, joined.Error));
        Assert.Equal(answers, File.ReadAllBytes(In("run", "evaluation", "answers.bin")));
        Assert.True(File.Exists(In("run", "report.html")));
        Assert.Empty(Directory.GetDirectories(In("run", "evaluation")));
    }

    [Fact]
    public void Stage_Export_IsWhatTheCommandWritesAndIsDoneOnce()
    {
        Assert.Equal(ExitCode.Success, CliRun.Plain(_digits.Distill("run", "--epochs", "1", "--student-views", "1")).ExitCode);
        var folder = In("run", "export", "student-fp32");
        Assert.Equal(ExitCode.Success, CliRun.Plain("export", In("run"), "--to", "onnx", "--offline").ExitCode);
        var exported = File.ReadAllBytes(Path.Combine(folder, "model.onnx"));
        // The command's own is taken as done.
        Assert.Contains("was done already", Stage("export").Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);

        var stage = Stage("export", "--export", "onnx", "--offline");

        Assert.Equal((ExitCode.Success, ""), (stage.ExitCode, stage.Error));
        Assert.Contains($"written to {folder}: model.onnx, parity.json\n", stage.Output, StringComparison.Ordinal);
        Assert.Equal(exported, File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
        Assert.Matches("export +done", CliRun.Plain("runs", "show", In("run")).Output);
    }

    [Fact]
    public void Distill_WithExport_LeavesIt()
    {
        var run = CliRun.Plain(_digits.Distill("run", "--epochs", "1", "--student-views", "1", "--export", "safetensors"));

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("[7/7] export (student as safetensors)\n", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(In("run", "export", "student-safetensors", "README.md")));
        Assert.DoesNotContain("export", File.ReadAllText(In("run", "run.json")).Split("\"commandLine\"")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Sweep_WithExport_LeavesEveryStudentAndNamesTheStages()
    {
        string[] typed =
        [
            "sweep", "--data", "mnist", "--data-dir", _digits.DataPath, "--teacher", "mlp-16", "--teachers", "2", "--students", "mlp-8,mlp-4", "--epochs", "1", "--student-views", "1",
            "--batch-size", "20", "--device", "cpu", "--precision", "fp32", "--out", In("sweep"), "--export", "onnx", "--offline",
        ];
        var begun = CliRun.Plain([.. typed, "--begin"]);

        var run = CliRun.Plain(typed);

        Assert.Contains($"./ensemble run stage {In("sweep", "runs", "mlp-4-s1")} export --export onnx --offline\n", begun.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.All(["mlp-8-s1", "mlp-4-s1"], cell => Assert.True(File.Exists(In("sweep", "runs", cell, "export", "student-fp32", "model.onnx")), cell));
    }

    [Fact]
    public void Distill_ExportOfARunWithoutAStudent_IsToldInALine()
    {
        string[] train = ["train", "--data", "mnist", "--data-dir", _digits.DataPath, "--model", "mlp-8", "--epochs", "1", "--device", "cpu", "--out", In("alone")];
        Assert.Equal(ExitCode.Success, CliRun.Plain(train).ExitCode);

        var run = CliRun.Plain("distill", "--recipe", In("alone", "run.json"), "--out", In("run"), "--export", "onnx");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("error: --export: a run without teachers has no student", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("student", "--export", "onnx", "--export: only of the stage export, not of student")]
    [InlineData("export", "--shard", "1/2", "--shard: only of the stages soft-targets, evaluation and ensemble, not of export")]
    public void Stage_FlagOfAnotherStage_IsToldInALine(string key, string flag, string value, string fault)
    {
        CliRun.Plain(_digits.Distill("run", "--student-views", "1", "--begin"));

        var run = Stage(key, flag, value);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith($"error: {fault}", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("soft-targets", "3/2", "--shard: must be I/N")]
    [InlineData("evaluation", "0/2", "--shard: must be I/N")]
    [InlineData("baseline", "1/2", "--shard: only of the stages soft-targets, evaluation and ensemble, not of baseline")]
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
