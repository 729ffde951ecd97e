using Ensemble.Scheduling;

namespace Ensemble.Tests.Scheduling;

public sealed class SlurmEngineTests : IDisposable
{
    private static readonly JobProgram s_program = new(["/opt/dotnet", "/opt/Ensemble.Cli.dll"], []);

    private readonly FakeSlurm _slurm = new();
    private readonly string _root = Directory.CreateTempSubdirectory("slurm-engine-").FullName;
    private readonly HashSet<string> _done = [];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Submit_NewRun_MakesOneArrayOfTeachersAndDependsOnIt()
    {
        var submission = Submit();

        Assert.Equal(
            [("100", "teachers/0 teachers/1 teachers/2", ""), ("101", "soft-targets", "100"), ("102", "baseline", ""), ("103", "student", "100 101"), ("104", "evaluation", "100 101 102 103")],
            submission.Submitted.Select(job => (job.Number, string.Join(' ', job.Stages), string.Join(' ', job.After))));
        var teachers = _slurm.Submissions[0];
        Assert.Contains("--array=0,1,2", teachers);
        Assert.Contains($"--output={_root}/teachers/%a/slurm-%A_%a.log", teachers);
        Assert.Contains("--requeue", teachers);
        Assert.Contains("--open-mode=append", teachers);
        Assert.DoesNotContain(teachers, argument => argument.StartsWith("--dependency", StringComparison.Ordinal));
        Assert.Contains("--dependency=afterok:100:101", _slurm.Submissions[3]);
        Assert.True(Directory.Exists(Path.Combine(_root, "teachers", "2")), "Slurm makes no folders for logs");
    }

    [Fact]
    public void Submit_Options_ReachSbatchAndFurtherFlagsComeLast()
    {
        Submit(new SlurmOptions { Partition = "gpu", Account = "ours", Time = "2-00", Memory = "16G", Cpus = 4, Gpus = "a100:1", Flags = ["--qos=high", "--no-requeue"] });

        Assert.All(_slurm.Submissions, arguments => Assert.Equal(
            ["--partition=gpu", "--account=ours", "--time=2-00", "--mem=16G", "--cpus-per-task=4", "--gpus=a100:1", "--qos=high", "--no-requeue"], arguments.TakeLast(9).SkipLast(1)));
    }

    [Fact]
    public void Submit_StageWithoutNetworks_AsksForNoGpu()
    {
        var table = Stage("table", []) with { UsesDevice = false };

        Engine().Submit(new JobPlan(_root, [table]), new SlurmOptions { Gpus = "1" }, s_program, _ => false);

        Assert.DoesNotContain("--gpus=1", Assert.Single(_slurm.Submissions));
    }

    [Fact]
    public void Submit_Again_LeavesDoneAndLiveStagesAndDependsOnThem()
    {
        Submit();
        Set(("100_0", "COMPLETED|n1|None"), ("100_1", "RUNNING|n2|None"), ("100_2", "FAILED|n1|NonZeroExitCode"), ("101", "PENDING||DependencyNeverSatisfied"), ("102", "RUNNING|n1|None"), ("103", "PENDING||Dependency"), ("104", "PENDING||Dependency"));
        _done.Add("teachers/0");

        var submission = Submit();

        Assert.Equal(["teachers/0"], submission.Done);
        Assert.Equal([("teachers/1", "100_1"), ("baseline", "102")], submission.Left.Select(job => (job.Stage, job.Id)));
        // Also those that do not know yet that they wait in vain.
        Assert.Equal(["101", "103", "104"], submission.Cancelled);
        Assert.Equal(["101", "103", "104"], _slurm.Cancelled);
        Assert.Equal(
            [("105", "teachers/2", ""), ("106", "soft-targets", "100_1 105"), ("107", "student", "100_1 105 106"), ("108", "evaluation", "100_1 102 105 106 107")],
            submission.Submitted.Select(job => (job.Number, string.Join(' ', job.Stages), string.Join(' ', job.After))));
        Assert.Contains("--array=2", _slurm.Submissions[5]);
    }

    [Fact]
    public void Submit_JobsThatTheSchedulerHasForgotten_AreJudgedByTheFolder()
    {
        Submit();
        _done.UnionWith(["teachers/0", "teachers/1", "teachers/2", "baseline"]);

        var submission = Submit();

        Assert.Equal(["soft-targets", "student", "evaluation"], submission.Submitted.SelectMany(job => job.Stages));
        Assert.Empty(submission.Submitted[0].After);
    }

    [Fact]
    public void Submit_EverythingDone_SubmitsNothing()
    {
        _done.UnionWith(Plan().Stages.Select(stage => stage.Name));

        var submission = Submit();

        Assert.Empty(submission.Submitted);
        Assert.Empty(_slurm.Submissions);
        Assert.Equal(7, submission.Done.Count);
    }

    [Fact]
    public void Submit_DoneStageWhoseTeacherIsMissing_IsDoneAgainAfterIt()
    {
        _done.UnionWith(["teachers/0", "teachers/1", "baseline", "student"]);

        var submission = Submit();

        Assert.Equal(["teachers/2", "soft-targets", "student", "evaluation"], submission.Submitted.SelectMany(job => job.Stages));
    }

    [Fact]
    public void Submit_StudentsOfSeveralRuns_AreOneArrayAndTheirEvaluationsWaitForTheirOwn()
    {
        var plan = new JobPlan(_root,
        [
            Stage("soft-targets", []),
            Stage("runs/a/student", ["soft-targets"], "student", 1), Stage("runs/a/evaluation", ["runs/a/student"]),
            Stage("runs/b/student", ["soft-targets"], "student", 2), Stage("runs/b/evaluation", ["runs/b/student"]),
        ]);

        var submission = Engine().Submit(plan, new SlurmOptions(), s_program, _ => false);

        Assert.Equal(
            [("100", "soft-targets", ""), ("101", "runs/a/student runs/b/student", "100"), ("102", "runs/a/evaluation", "101_1"), ("103", "runs/b/evaluation", "101_2")],
            submission.Submitted.Select(job => (job.Number, string.Join(' ', job.Stages), string.Join(' ', job.After))));
    }

    [Fact]
    public void Submit_RefusedMidway_RemembersWhatWasSubmitted()
    {
        _done.UnionWith(["teachers/0", "teachers/1", "teachers/2"]);
        Submit();
        _slurm.Refusal = "sbatch: error: invalid partition specified: nope\nsbatch: error: Batch job submission failed: Invalid partition name specified\n";
        Set(("100", "FAILED|n1|NonZeroExitCode"), ("101", "RUNNING|n1|None"));

        var fault = Assert.Throws<MachineFaultException>(() => Submit());

        Assert.StartsWith("sbatch: invalid partition specified: nope; Batch job submission failed: Invalid partition name specified; ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["100", "101", "102", "103"], SlurmFile.Read(_root).Jobs.Select(job => job.Id));
    }

    [Fact]
    public void Submit_FolderThatSbatchCannotName_IsRefusedBeforeAnything()
    {
        var fault = Assert.Throws<MachineFaultException>(() => Engine().Submit(new JobPlan("/runs/a\\b", [Stage("baseline", [])]), new SlurmOptions(), s_program, _ => false));

        Assert.Contains("backslash", fault.Message, StringComparison.Ordinal);
        Assert.Empty(_slurm.Submissions);
    }

    [Fact]
    public void Submit_FolderWithOddCharacters_TakesLogsAndScriptsThere()
    {
        var odd = Directory.CreateDirectory(Path.Combine(_root, "it's 100%a [run] $HOME")).FullName;

        Engine().Submit(PlanIn(odd), new SlurmOptions(), s_program, _ => false);

        Assert.Contains($"--output={odd.Replace("%", "%%", StringComparison.Ordinal)}/teachers/%a/slurm-%A_%a.log", _slurm.Submissions[0]);
        Assert.True(File.Exists(_slurm.Submissions[0][^1]));
        Assert.Equal(Path.Combine(odd, "teachers", "1", "slurm-100_1.log"), SlurmFile.Read(odd).Jobs[1].Log);
        Assert.Equal(Path.Combine(odd, "student", "slurm-103.log"), SlurmFile.Read(odd).Latest()["student"].Log);
    }

    [Fact]
    public void Submit_OtherShards_TakesTheOldOnesFromTheQueue()
    {
        Engine().Submit(new JobPlan(_root, [Stage("soft-targets/1-of-2", [], "shards", 1), Stage("soft-targets/2-of-2", [], "shards", 2)]) { Layout = new JobLayout { SoftTargetShards = 2 } }, new SlurmOptions(), s_program, _ => false);
        Set(("100_1", "PENDING||Resources"), ("100_2", "COMPLETED|n1|None"));

        var submission = Engine().Submit(new JobPlan(_root, [Stage("soft-targets", [])]), new SlurmOptions(), s_program, _ => false);

        Assert.Equal(["100_1"], submission.Cancelled);
        Assert.Equal(1, SlurmFile.Read(_root).SoftTargetShards);
    }

    private SlurmEngine Engine() => new(_slurm.Client, TimeProvider.System);

    private SlurmSubmission Submit(SlurmOptions? options = null) => Engine().Submit(Plan(), options ?? new SlurmOptions(), s_program, stage => _done.Contains(stage.Name));

    private void Set(params (string Job, string State)[] states)
    {
        foreach (var (job, state) in states)
        {
            _slurm.Queue[job] = state;
        }
    }

    private JobPlan Plan() => PlanIn(_root);

    private static JobPlan PlanIn(string root)
    {
        var escaped = root.Replace("%", "%%", StringComparison.Ordinal);
        string[] teachers = ["teachers/0", "teachers/1", "teachers/2"];
        return new JobPlan(root,
        [
            .. teachers.Select((name, index) => StageIn(root, name, [], "teachers", index) with { LogPattern = $"{escaped}/teachers/%a/slurm-%A_%a.log" }),
            StageIn(root, "soft-targets", teachers),
            StageIn(root, "baseline", []),
            StageIn(root, "student", [.. teachers, "soft-targets"]),
            StageIn(root, "evaluation", [.. teachers, "soft-targets", "baseline", "student"]),
        ]);
    }

    private PlannedStage Stage(string name, string[] needs, string? jobName = null, int? task = null) => StageIn(_root, name, needs, jobName, task);

    private static PlannedStage StageIn(string root, string name, string[] needs, string? jobName = null, int? task = null) => new()
    {
        Name = name,
        Folder = root,
        Key = name,
        Needs = needs,
        JobName = jobName ?? name.Replace('/', '-'),
        Task = task,
        LogPattern = $"{root.Replace("%", "%%", StringComparison.Ordinal)}/{name}/slurm-{(task is null ? "%j" : "%A_%a")}.log",
    };
}
