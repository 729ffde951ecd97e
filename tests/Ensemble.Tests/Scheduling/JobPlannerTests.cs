using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Export;
using Ensemble.Pipeline;
using Ensemble.Scheduling;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Pipeline;
using Ensemble.Tests.Pipeline.Sweeps;

namespace Ensemble.Tests.Scheduling;

[Collection(TensorTests.Name)]
public sealed class JobPlannerTests : IDisposable
{
    private static readonly JobPlanner s_planner = new(ObjectiveRegistry.CreateDefault());

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("job-planner-").FullName, "50% run");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void Read_Run_HasItsStagesWithWhatTheyNeed()
    {
        Begin(views: 2);

        var plan = s_planner.Read(_folder, new JobLayout());

        Assert.Equal(
            [
                ("teachers/0", "", "teachers", 0), ("teachers/1", "", "teachers", 1), ("soft-targets", "teachers/0 teachers/1", "soft-targets", null), ("baseline", "", "baseline", null),
                ("student", "teachers/0 teachers/1 soft-targets", "student", null), ("evaluation", "teachers/0 teachers/1 soft-targets baseline student", "evaluation", (int?)null),
            ],
            plan.Stages.Select(stage => (stage.Name, string.Join(' ', stage.Needs), stage.JobName, stage.Task)));
        Assert.Equal(["run", "stage", _folder, "teachers/1"], plan.Stages[1].Arguments);
        Assert.Equal(Path.Combine(_folder, "teachers", "1", "slurm-12_1.log"), plan.Stages[1].LogOf("12_1"));
        Assert.Equal(Path.Combine(_folder, "student", "slurm-9.log"), plan.Stages[4].LogOf("9"));
    }

    [Fact]
    public void Read_RunWithNewViewsEachEpoch_HasNoSoftTargets()
    {
        Begin(views: 0);

        Assert.Equal(["teachers/0", "teachers/1"], s_planner.Read(_folder, new JobLayout { SoftTargetShards = 4 }).Stages.Single(stage => stage.Key == StageKey.Student).Needs);
    }

    [Fact]
    public void Read_Shards_ComeBeforeTheStageThatJoinsThem()
    {
        Begin(views: 2);

        var plan = s_planner.Read(_folder, new JobLayout { SoftTargetShards = 3 });

        Assert.Equal(["soft-targets/1-of-3", "soft-targets/2-of-3", "soft-targets/3-of-3", "soft-targets"], plan.Stages.Skip(2).Take(4).Select(stage => stage.Name));
        Assert.Equal(["teachers/0", "teachers/1"], plan.Stages[2].Needs);
        Assert.Equal(["soft-targets/1-of-3", "soft-targets/2-of-3", "soft-targets/3-of-3"], plan.Stages[5].Needs);
        Assert.Equal(["run", "stage", _folder, "soft-targets", "--shard", "2/3"], plan.Stages[3].Arguments);
    }

    [Fact]
    public void Read_Sweep_HasArraysOfTeachersBaselinesAndStudents()
    {
        TinySweep.Pipeline.Begin(TinySweep.Recipe, _folder, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);

        var plan = s_planner.Read(_folder, new JobLayout { SoftTargetShards = 2 });

        Assert.Equal(plan.Stages.Count, plan.Stages.Select(stage => stage.Name).Distinct().Count());
        var students = plan.Stages.Where(stage => stage.Key == StageKey.Student).ToArray();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], students.Select(stage => stage.Task!.Value));
        Assert.All(students, stage => Assert.Equal("teachers/0 teachers/1 soft-targets", string.Join(' ', stage.Needs)));
        var table = plan.Stages[^1];
        Assert.Equal((StageKey.Table, false, 8), (table.Key, table.UsesDevice, table.Needs.Count));
        Assert.All(plan.Stages.Where(stage => stage.Key == StageKey.Evaluation), stage => Assert.Contains(stage.Name.Replace("evaluation", "student", StringComparison.Ordinal), stage.Needs));
        // Each has what it needs before it.
        var before = new HashSet<string>();
        Assert.All(plan.Stages, stage =>
        {
            Assert.All(stage.Needs, need => Assert.Contains(need, before));
            before.Add(stage.Name);
        });
    }

    [Fact]
    public void Read_EvaluationShardsAndExport_StandBeforeAndBehindTheEvaluation()
    {
        Begin(views: 0);

        var plan = s_planner.Read(_folder, new JobLayout { EvaluationShards = 2, Export = new ExportRequest { Format = ExportFormat.Bundle, MayFetchRuntime = false } });

        Assert.Equal(
            [
                ("evaluation/1-of-2", "teachers/0 teachers/1 baseline student", "evaluation-shards", 1), ("evaluation/2-of-2", "teachers/0 teachers/1 baseline student", "evaluation-shards", 2),
                ("evaluation", "evaluation/1-of-2 evaluation/2-of-2", "evaluation", null), ("export", "evaluation", "export", (int?)null),
            ],
            plan.Stages.Skip(4).Select(stage => (stage.Name, string.Join(' ', stage.Needs), stage.JobName, stage.Task)));
        Assert.Equal(["run", "stage", _folder, "evaluation", "--shard", "2/2"], plan.Stages[5].Arguments);
        Assert.Equal(["run", "stage", _folder, "export", "--export", "bundle", "--offline"], plan.Stages[7].Arguments);
        Assert.Equal((true, false), (plan.Stages[5].UsesDevice, plan.Stages[7].UsesDevice));
        Assert.Equal(Path.Combine(_folder, "evaluation", "slurm-12_2.log"), plan.Stages[5].LogOf("12_2"));
    }

    [Fact]
    public void Read_SweepWithEvaluationShardsAndExport_CutsTheEnsembleAndEveryRun()
    {
        TinySweep.Pipeline.Begin(TinySweep.Recipe, _folder, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);

        var plan = s_planner.Read(_folder, new JobLayout { EvaluationShards = 3, Export = new ExportRequest() });

        PlannedStage Stage(string name) => plan.Stages.Single(stage => stage.Name == name);
        Assert.Equal("ensemble/1-of-3 ensemble/2-of-3 ensemble/3-of-3", string.Join(' ', Stage("ensemble").Needs));
        Assert.Equal(("ensemble-shards", 2), (Stage("ensemble/2-of-3").JobName, Stage("ensemble/2-of-3").Task));
        // Its own array for each run, which waits for that run's student alone.
        var parts = plan.Stages.Where(stage => stage.Key == StageKey.Evaluation && stage.Shard is not null).ToArray();
        Assert.Equal((24, 8), (parts.Length, parts.Select(stage => stage.JobName).Distinct().Count()));
        var exports = plan.Stages.Where(stage => stage.Key == StageKey.Export).ToArray();
        Assert.Equal(8, exports.Length);
        Assert.All(exports, stage => Assert.Equal(stage.Name.Replace("export", "evaluation", StringComparison.Ordinal), Assert.Single(stage.Needs)));
        Assert.Equal(8, plan.Stages[^1].Needs.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void Read_ShardsOutOfRange_AreRefused(int count) =>
        Assert.Contains("EvaluationShards must be 1 to 10000", Assert.Throws<ArgumentException>(() => s_planner.Read(_folder, new JobLayout { EvaluationShards = count })).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NoRun_IsAFault() => Assert.Throws<DataFaultException>(() => s_planner.Read(Path.GetDirectoryName(_folder)!, new JobLayout()));

    [Fact]
    public void Progress_OfABegunRun_IsWaiting()
    {
        Begin(views: 2);
        var progress = new StageProgress();

        Assert.All(s_planner.Read(_folder, new JobLayout { SoftTargetShards = 2, EvaluationShards = 2, Export = new ExportRequest() }).Stages, stage => Assert.Equal(StageState.Waiting, progress.Read(stage).State));
    }

    [Fact]
    public void Begin_BesideAStageThatIsDone_HoldsTheRecipeAndWaitsForNobody()
    {
        Begin(views: 2);
        using var stage = Ensemble.Runs.RunFolder.Open(_folder).LockShared();

        Begin(views: 2);
        Assert.Throws<DataFaultException>(() => Begin(views: 3));
    }

    private void Begin(int views)
    {
        var recipe = TinyRun.Recipe with { StudentTraining = TinyRun.Recipe.StudentTraining with { Views = new ViewOptions { Count = views } } };
        TinyRun.Pipeline.Begin(recipe, _folder, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
    }
}
