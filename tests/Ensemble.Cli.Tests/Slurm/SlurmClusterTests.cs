using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Cli.Tests.Slurm;

/// <summary>Runs on a real Slurm, which is started for them; skipped where there is none.</summary>
public sealed partial class SlurmClusterTests : IClassFixture<SlurmCluster>, IDisposable
{
    private static readonly string[] s_slurm = ["--engine", "slurm", "--cpus", "1"];

    private readonly SlurmCluster _cluster;
    // Two batches of an evaluation, so that each of two shards has one.
    private readonly TinyDigits _digits = new(testCount: 600);

    public SlurmClusterTests(SlurmCluster cluster)
    {
        Assert.SkipWhen(cluster.Missing is not null, cluster.Missing ?? "");
        _cluster = cluster;
    }

    public void Dispose() => _digits.Dispose();

    [Fact]
    public void Sweep_OnTwoNodes_EndsWithTheBitsOfOneProcess()
    {
        Local(Sweep("local"));

        var submitted = CliRun.Plain([.. Sweep("cluster"), .. s_slurm, "--soft-target-shards", "2", "--evaluation-shards", "2", "--export", "onnx", "--offline"]);
        SlurmCluster.WaitForTheEnd();

        Assert.Equal(ExitCode.Success, submitted.ExitCode);
        Matches(@"job \d+: teachers/0, teachers/1, teachers/2\n", submitted.Output);
        Matches(@"job \d+: soft-targets/1-of-2, soft-targets/2-of-2, after \d+\n", submitted.Output);
        Matches(@"job \d+: runs/mlp-8-s1/student, runs/mlp-4-s1/student, after \d+, \d+\n", submitted.Output);
        Matches(@"job \d+: ensemble/1-of-2, ensemble/2-of-2, after \d+\n", submitted.Output);
        Matches(@"job \d+: runs/mlp-8-s1/evaluation/1-of-2, runs/mlp-8-s1/evaluation/2-of-2, after (\d+(_\d+)?(, )?)+\n", submitted.Output);
        Matches(@"job \d+: runs/mlp-4-s1/export, after \d+\n", submitted.Output);
        var shown = CliRun.Plain("runs", "show", In("cluster"));
        Assert.True(shown.Output.Contains("22 stages: 22 done", StringComparison.Ordinal), shown.Output);
        Assert.All(["mlp-8-s1", "mlp-4-s1"], run => Assert.True(File.Exists(In("cluster", "runs", run, "export", "student-fp32", "model.onnx")), run));
        Assert.Equal(Outcome("local"), Outcome("cluster"));
        Assert.Contains("every stage is done; nothing was submitted", CliRun.Plain([.. Sweep("cluster"), .. s_slurm]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Distill_TeacherKilledMidway_IsRepairedByTheSameCommand()
    {
        string[] training = ["--teacher-epochs", "150", "--student-epochs", "2", "--student-views", "1", "--checkpoint-seconds", "0.1"];
        var typed = ThreeTeachers(_digits.Distill("cluster", [.. training, .. s_slurm, "--sbatch-flag=--nice=1"]));
        Local(ThreeTeachers(_digits.Distill("local", training)));

        var submitted = CliRun.Plain(typed);
        Assert.Equal(ExitCode.Success, submitted.ExitCode);
        var array = ArrayOf().Match(submitted.Output).Groups["number"].Value;
        SlurmCluster.WaitUntil(() => File.Exists(In("cluster", "teachers", "1", "checkpoint.safetensors")), "teacher 1 has a checkpoint");
        Kill(In("cluster", "teachers", "1"));
        SlurmCluster.WaitForTheEnd();

        var shown = CliRun.Plain("runs", "show", In("cluster")).Output;
        Matches(@"teachers/0 +done +150 of 150", shown);
        Matches($@"teachers/1 +failed +\d+ of 150 +.* {array}_1 +n[12] +FAILED: .+", shown);
        Matches(@"soft-targets +waiting .*a stage that it needs failed \(DependencyNeverSatisfied\)", shown);
        Matches(@"evaluation +waiting ", shown);
        Assert.False(File.Exists(In("cluster", "teachers", "1", "model.json")));

        var again = CliRun.Plain(typed);
        SlurmCluster.WaitForTheEnd();

        Assert.Equal(ExitCode.Success, again.ExitCode);
        Assert.StartsWith("taken from the queue, as they waited for what failed: ", LineOf(again.Output, "taken"), StringComparison.Ordinal);
        Matches(@"job \d+: teachers/1\njob (\d+): soft-targets, after \d+\n", again.Output);
        Assert.Equal("done before: teachers/0, teachers/2, baseline", LineOf(again.Output, "done before"));
        Assert.Contains("7 stages: 7 done", CliRun.Plain("runs", "show", In("cluster")).Output, StringComparison.Ordinal);
        Assert.Equal(Outcome("local"), Outcome("cluster"));
    }

    [Fact]
    public void Distill_RunningJobs_AreShownLeftAloneAndCancelled()
    {
        var typed = _digits.Distill("cluster", [.. s_slurm, "--epochs", "100000", "--student-views", "1"]);
        Assert.Equal(ExitCode.Success, CliRun.Plain(typed).ExitCode);
        SlurmCluster.WaitUntil(() => File.Exists(In("cluster", "teachers", "0", "metrics.jsonl")), "a teacher trains");

        var shown = CliRun.Plain("runs", "show", In("cluster")).Output;
        var again = CliRun.Plain(typed).Output;
        var cancelled = CliRun.Plain("runs", "cancel", In("cluster")).Output;
        SlurmCluster.WaitForTheEnd();

        Matches(@"teachers/0 +running +\d+ of 100000 +[\d.]+ +\d+ +\d+_0 +n[12]", shown);
        Matches(@"soft-targets +waiting +0 of 1 .* for stages that it needs", shown);
        Assert.Contains("left to jobs that wait or run: teachers/0 (", again, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"job \d+:", again);
        Assert.StartsWith("cancelled 6 jobs: ", cancelled, StringComparison.Ordinal);
        Matches(@"6 stages: 6 cancelled", CliRun.Plain("runs", "show", In("cluster")).Output);
        Assert.Equal("no job of this run waits or runs\n", CliRun.Plain("runs", "cancel", In("cluster")).Output);
    }

    [Fact]
    public void Distill_PartitionThatIsNot_IsToldInALine()
    {
        var run = CliRun.Plain(_digits.Distill("cluster", [.. s_slurm, "--partition", "nowhere"]));

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        var lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.StartsWith("error: sbatch: invalid partition specified: nowhere; Batch job submission failed: Invalid partition name specified; ", lines[^1], StringComparison.Ordinal);
        // Under the folder of temporary files, of which most clusters have one a node.
        Assert.StartsWith("warning: ", Assert.Single(lines[..^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Distill_FolderThatANodeCannotSee_IsToldInALine()
    {
        Assert.SkipWhen(_cluster.Hidden is null, "unshare may not mount here, so every node sees every folder");
        var folder = Path.Combine(_cluster.Hidden!, "run");
        var typed = _digits.Distill("unused", [.. s_slurm, "--epochs", "1", "--sbatch-flag=--nodelist=n2"]).ToList();
        typed[typed.IndexOf("--out") + 1] = folder;

        Assert.Equal(ExitCode.Success, CliRun.Plain([.. typed]).ExitCode);
        SlurmCluster.WaitForTheEnd();

        Matches(@"teachers/0 +failed .* n2 +FAILED before it could write .*: n2 cannot see the run's folder", CliRun.Plain("runs", "show", folder).Output);
        CliRun.Plain("runs", "cancel", folder);
    }

    // SIGKILL, as from a machine that is out of memory: nothing of the process runs after it. Its lock names it.
    private static void Kill(string stage)
    {
        using var owner = JsonDocument.Parse(File.ReadAllText(Path.Combine(stage, ".lock-owner.json")));
        using var process = Process.GetProcessById(owner.RootElement.GetProperty("processId").GetInt32());
        process.Kill();
    }

    private static string[] ThreeTeachers(string[] typed)
    {
        typed[Array.IndexOf(typed, "--teachers") + 1] = "3";
        return typed;
    }

    private string In(params string[] parts) => Path.Combine([_digits.RootPath, .. parts]);

    private string[] Sweep(string folder) =>
    [
        "sweep", "--data", "mnist", "--data-dir", _digits.DataPath, "--teacher", "mlp-16", "--teachers", "3", "--students", "mlp-8,mlp-4", "--seeds", "1", "--epochs", "1", "--student-views", "1",
        "--batch-size", "20", "--device", "cpu", "--precision", "fp32", "--out", In(folder),
    ];

    // With as many threads as the jobs.
    private static void Local(string[] typed)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(CommandLine).Assembly.Location, .. typed]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }

    // The whole text in the message: where a job stands is not to be had a second time.
    private static void Matches(string pattern, string text) => Assert.True(Regex.IsMatch(text, pattern), $"{pattern} in\n{text}");

    private static string LineOf(string output, string start) => output.Split('\n').First(line => line.StartsWith(start, StringComparison.Ordinal));

    // Every network's weights, the soft targets, the answers on the test images, and what was measured but for the times.
    private List<string> Outcome(string folder)
    {
        var path = In(folder);
        var files = new[] { ModelFile.WeightsName, "*.logits", "answers.*" }.SelectMany(pattern => Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(path, file)}: {FileChecksum.Sha256(file)}").ToArray();
        var results = Directory.EnumerateFiles(path, "results.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(file => ResultsFile.Read(file).Models.Select(model => CanonicalJson.Serialize(model with { TrainSeconds = 0, Cost = null, Latency = null }))).ToArray();
        Assert.NotEmpty(files);
        Assert.NotEmpty(results);
        return [.. files, .. results];
    }

    [GeneratedRegex(@"job (?<number>\d+): teachers/0, teachers/1, teachers/2\n", RegexOptions.ExplicitCapture)]
    private static partial Regex ArrayOf();
}
