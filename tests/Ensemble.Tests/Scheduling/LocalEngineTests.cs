using Ensemble.Scheduling;

namespace Ensemble.Tests.Scheduling;

public sealed class LocalEngineTests
{
    private readonly List<string> _begun = [];
    private readonly List<StageChange> _changes = [];
    private readonly Lock _lock = new();
    private int _running;
    private int _most;

    [Fact]
    public void Do_Run_DoesWhatTakesLongEachAfterWhatItNeeds()
    {
        Assert.Empty(Do(1, RunPlan(), Succeed));

        Assert.Equal(["teachers/0", "teachers/1", "soft-targets", "baseline", "student"], _begun);
        Assert.Equal(1, _most);
        Assert.Equal(["1/5 teachers/0 begins", "1/5 teachers/0 ends", "2/5 teachers/1 begins"], _changes.Take(3).Select(Describe));
        Assert.Equal("5/5 student ends", Describe(_changes[^1]));
    }

    [Fact]
    public void Do_TwoJobs_RunsTwoAndNeverThree()
    {
        using var both = new Barrier(2);

        // The teachers wait for each other: alone, neither would end.
        Assert.Empty(Do(2, RunPlan(), (stage, token) =>
        {
            if (stage.Name.StartsWith("teachers", StringComparison.Ordinal))
            {
                Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), token));
            }

            return Succeed(stage, token);
        }));

        Assert.Equal(2, _most);
        Assert.Equal("student", _begun[^1]);
    }

    [Fact]
    public void Do_StageThatFails_HoldsUpWhatNeedsItAndNothingElse()
    {
        var failed = Do(1, RunPlan(), (stage, token) => Succeed(stage, token) with { IsDone = stage.Name != "teachers/1", LastLine = "why" });

        Assert.Equal(["teachers/1"], failed);
        Assert.Equal(["teachers/0", "teachers/1", "baseline"], _begun);
        Assert.Equal("why", _changes.Single(change => change.End is { IsDone: false }).End!.LastLine);
    }

    [Fact]
    public void Do_StagesThatAreDone_AreNotDoneAgain()
    {
        var plan = RunPlan();

        Assert.Empty(new LocalEngine(new LocalOptions(), Watch(Succeed)).Do(plan, stage => stage.Name is "teachers/0" or "teachers/1" or "baseline", new Collector(_changes), CancellationToken.None));

        Assert.Equal(["soft-targets", "student"], _begun);
    }

    [Fact]
    public void Do_Cancelled_WaitsForWhatRunsAndBeginsNothingElse()
    {
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => Do(
            1,
            RunPlan(),
            (stage, token) =>
            {
                stop.Cancel();
                Assert.True(token.IsCancellationRequested);
                return Succeed(stage, token) with { IsDone = false };
            },
            stop.Token));

        Assert.Equal(["teachers/0"], _begun);
        Assert.Equal(0, _running);
        Assert.DoesNotContain(_changes, change => change.End is { IsDone: false });
    }

    [Fact]
    public void Do_StageThatCannotBegin_HasTheOthersStopFirst()
    {
        using var both = new Barrier(2);

        var fault = Assert.Throws<MachineFaultException>(() => Do(2, RunPlan(), (stage, token) =>
        {
            Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), CancellationToken.None));
            if (stage.Name == "teachers/0") throw new MachineFaultException("dotnet", "cannot be started", "see to it");
            Assert.True(token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)), "it was not asked to stop");
            return Succeed(stage, token) with { IsDone = false };
        }));

        Assert.StartsWith("dotnet: cannot be started", fault.Message, StringComparison.Ordinal);
        Assert.Equal((2, 0), (_begun.Count, _running));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void Do_JobsOutOfRange_Throws(int jobs) =>
        Assert.Contains($"is {jobs}", Assert.Throws<ArgumentException>(() => Do(jobs, RunPlan(), Succeed)).Message, StringComparison.Ordinal);

    private IReadOnlyList<string> Do(int jobs, JobPlan plan, Func<PlannedStage, CancellationToken, StageEnd> runner, CancellationToken token = default) =>
        new LocalEngine(new LocalOptions { Jobs = jobs }, Watch(runner)).Do(plan, _ => false, new Collector(_changes), token);

    private static StageEnd Succeed(PlannedStage stage, CancellationToken token) => new(true, 1, "done", "log");

    private Func<PlannedStage, CancellationToken, StageEnd> Watch(Func<PlannedStage, CancellationToken, StageEnd> runner) => (stage, token) =>
    {
        lock (_lock)
        {
            _begun.Add(stage.Name);
            _most = Math.Max(_most, ++_running);
        }

        try
        {
            return runner(stage, token);
        }
        finally
        {
            lock (_lock)
            {
                _running--;
            }
        }
    };

    private static string Describe(StageChange change) => $"{change.Begun}/{change.Count} {change.Stage.Name} {(change.End is null ? "begins" : "ends")}";

    private static JobPlan RunPlan() => new("/run",
    [
        Stage("teachers/0", []), Stage("teachers/1", []), Stage("soft-targets", ["teachers/0", "teachers/1"]), Stage("baseline", []),
        Stage("student", ["teachers/0", "teachers/1", "soft-targets"]), Stage("evaluation", ["student", "baseline"]),
    ]);

    private static PlannedStage Stage(string name, string[] needs) => new() { Name = name, Folder = "/run", Key = name, Needs = needs, JobName = name, LogPattern = "x" };

    // At once, on the thread that reports; Progress<T> would post.
    private sealed class Collector(List<StageChange> changes) : IProgress<StageChange>
    {
        public void Report(StageChange value) => changes.Add(value);
    }
}
