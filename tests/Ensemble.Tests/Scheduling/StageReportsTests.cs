using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Scheduling;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Pipeline;

namespace Ensemble.Tests.Scheduling;

[Collection(TensorTests.Name)]
public sealed class StageReportsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stage-reports-").FullName;
    private readonly JobPlan _plan;

    public StageReportsTests()
    {
        var recipe = TinyRun.Recipe with { StudentTraining = TinyRun.Recipe.StudentTraining with { Views = new ViewOptions { Count = 1 } } };
        TinyRun.Pipeline.Begin(recipe, _folder, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        _plan = new JobPlanner(ObjectiveRegistry.CreateDefault()).Read(_folder, new JobLayout());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_Failed_TellsTheLastLineOfItsLog()
    {
        System.IO.File.WriteAllText(Log("teachers/0"), "begun\nerror: the loss is not finite\n\n");

        var report = Read("teachers/0", State("FAILED"));

        Assert.Equal(("failed", "n1", "FAILED: error: the loss is not finite"), (report.State, report.Node, report.Explanation));
    }

    [Fact]
    public void Read_FailedWithoutALog_SuspectsTheFileSystem()
    {
        var report = Read("teachers/0", State("FAILED"));

        Assert.Equal("failed", report.State);
        Assert.Contains("n1 cannot see the run's folder", report.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ForgottenByTheScheduler_IsFailedWithItsLog()
    {
        System.IO.File.WriteAllText(Log("baseline"), "killed");

        Assert.Equal(("failed", "ended: killed"), (Read("baseline", null).State, Read("baseline", null).Explanation));
    }

    [Fact]
    public void Read_ForgottenWithoutALog_SaysWhatThatCanMean() =>
        Assert.StartsWith("Slurm has forgotten the job, and there is no log", Read("baseline", null).Explanation, StringComparison.Ordinal);

    [Theory]
    [InlineData("PENDING", "DependencyNeverSatisfied", "waiting")]
    [InlineData("PENDING", "Priority", "waiting")]
    [InlineData("RUNNING", "None", "running")]
    [InlineData("SUSPENDED", "None", "suspended")]
    [InlineData("CANCELLED", "None", "cancelled")]
    public void Read_OtherStates_AreWords(string word, string reason, string expected)
    {
        var report = Read("student", State(word) with { Reason = reason });

        Assert.Equal((expected, word == "PENDING"), (report.State, report.Explanation.Length > 0));
    }

    [Fact]
    public void Read_WhereSlurmCannotBeAsked_IsWhatTheFolderTells()
    {
        var report = new StageReports(Submitted(_plan.Stages[0].Name), null).Read(_plan.Stages[0]);

        Assert.Equal(("waiting", "", "7"), (report.State, report.Explanation, report.Job!.Id));
    }

    private static SlurmJobState State(string word) => new() { Id = "7", Word = word, Node = "n1" };

    private string Log(string stage) => Path.Combine(_folder, stage, "slurm-7.log");

    private SlurmFile Submitted(string stage) => new()
    {
        Options = new SlurmOptions(),
        SoftTargetShards = 1,
        Jobs = [new SlurmJob { Stage = stage, Id = "7", SubmittedUtc = DateTimeOffset.UnixEpoch, Log = Log(stage) }],
    };

    private StageReport Read(string stage, SlurmJobState? state)
    {
        var states = new Dictionary<string, SlurmJobState>();
        if (state is not null)
        {
            states.Add(state.Id, state);
        }

        return new StageReports(Submitted(stage), states).Read(_plan.Stages.Single(planned => planned.Name == stage));
    }
}
