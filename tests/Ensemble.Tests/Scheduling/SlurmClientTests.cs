using Ensemble.Scheduling;

namespace Ensemble.Tests.Scheduling;

public sealed class SlurmClientTests
{
    private readonly FakeSlurm _slurm = new();

    [Fact]
    public void States_Queue_ReadsTasksAndReasonsWithBars()
    {
        _slurm.Queue["12_0"] = "RUNNING|n1|None";
        _slurm.Queue["12_3"] = "PENDING||Nodes are DOWN|DRAINED";
        _slurm.Queue["14"] = "COMPLETED|n[1-2]|None";

        var states = _slurm.Client.States(["12_0", "12_3", "14", "15"]);

        Assert.Equal(("RUNNING", "n1", true), (states["12_0"].Word, states["12_0"].Node, states["12_0"].IsLive));
        Assert.Equal("Nodes are DOWN|DRAINED", states["12_3"].Reason);
        Assert.False(states["14"].IsLive);
        Assert.False(states.ContainsKey("15"));
    }

    [Fact]
    public void States_OneJobThatIsForgotten_IsNoFault()
    {
        Assert.Empty(_slurm.Client.States(["7"]));
    }

    [Fact]
    public void States_WhatTheQueueForgot_ComesFromAccounting()
    {
        _slurm.Queue["12_0"] = "RUNNING|n1|None";
        _slurm.Accounting = "12_0|FAILED|n9\n12_1|CANCELLED by 1000|None assigned\n12_[2-3,6%1]|PENDING|\n13|OUT_OF_MEMORY|n2\n13.batch|FAILED|n2\n";

        var states = _slurm.Client.States(["12_0", "12_1", "12_2", "12_3", "12_6", "13", "14"]);

        Assert.Equal(
            [("12_0", "RUNNING", "n1"), ("12_1", "CANCELLED", ""), ("12_2", "PENDING", ""), ("12_3", "PENDING", ""), ("12_6", "PENDING", ""), ("13", "OUT_OF_MEMORY", "n2")],
            states.Values.OrderBy(state => state.Id, StringComparer.Ordinal).Select(state => (state.Id, state.Word, state.Node)));
    }

    [Fact]
    public void States_WithoutAccountingOrSacct_AreTheQueues()
    {
        _slurm.Queue["12"] = "RUNNING|n1|None";
        Assert.Single(_slurm.Client.States(["12", "13"]));

        _slurm.Absent.Add("sacct");
        Assert.Single(_slurm.Client.States(["12", "13"]));
    }

    [Fact]
    public void RequireInstalled_WithoutSbatch_SaysSo()
    {
        _slurm.Absent.Add("sbatch");

        var fault = Assert.Throws<MachineFaultException>(_slurm.Client.RequireInstalled);

        Assert.Equal("sbatch: is not on this machine; call from a node that has Slurm's commands, or leave out --engine slurm", fault.Message);
    }

    [Theory]
    [InlineData("PENDING", "DependencyNeverSatisfied", "a stage that it needs failed")]
    [InlineData("PENDING", "Dependency", "for stages that it needs")]
    [InlineData("PENDING", "Priority", "for a free node (Priority)")]
    [InlineData("PENDING", "QOSMaxJobsPerUserLimit", "QOSMaxJobsPerUserLimit")]
    [InlineData("PENDING", "BeginTime", "for the time that Slurm has set after a requeue")]
    [InlineData("PENDING", "None", "not placed yet")]
    public void Explanation_OfAReason_IsForAPerson(string word, string reason, string start)
    {
        var state = new SlurmJobState { Id = "1", Word = word, Reason = reason };

        Assert.StartsWith(start, state.Explanation, StringComparison.Ordinal);
        Assert.Equal(reason == "DependencyNeverSatisfied", state.IsNeverSatisfied);
    }

    [Fact]
    public void Cancel_ManyJobs_AsksInParts()
    {
        _slurm.Client.Cancel([.. Enumerable.Range(1, 1200).Select(id => $"{id}")]);

        Assert.Equal([500, 500, 200], _slurm.Calls.Select(call => call.Arguments.Count));
    }
}
