using System.Diagnostics;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>A training loop by hand: it learns, and leaves nothing behind.</summary>
public sealed class TrainingStepTests : IDisposable
{
    private const int Warmup = 200;

    private readonly Tensor _first;
    private readonly Tensor _second;
    private readonly Tensor _inputs;
    private readonly Tensor _targets;

    public TrainingStepTests()
    {
        manual_seed(7);
        using var scope = NewDisposeScope();
        _first = (randn(8, 32) * 0.3).requires_grad_().DetachFromDisposeScope();
        _second = (randn(32, 1) * 0.3).requires_grad_().DetachFromDisposeScope();
        _inputs = randn(64, 8).DetachFromDisposeScope();
        _targets = _inputs.sum(1, true).sin().DetachFromDisposeScope();
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { _first, _second, _inputs, _targets }) tensor.Dispose();
    }

    [Fact]
    public void Step_InAScope_LeavesNoTensorBehind()
    {
        Step();
        var before = LiveTensors.Count();

        Step();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Steps_AThousand_LearnAndHoldTheCountAndTheMemory()
    {
        var initial = Step();
        for (var k = 0; k < Warmup; k++) Step();
        var (count, memory) = (LiveTensors.Count(), WorkingSet());

        var loss = initial;
        for (var k = 0; k < 1000; k++) loss = Step();

        Assert.Equal(count, Tensor.TotalCount);
        Assert.InRange(WorkingSet() - memory, long.MinValue, 24L << 20);
        Assert.InRange(loss, 0, initial / 4);
    }

    private float Step()
    {
        using var scope = NewDisposeScope();
        var loss = (_inputs.matmul(_first).tanh().matmul(_second) - _targets).square().mean();
        loss.backward();
        using (no_grad())
        {
            foreach (var weight in new[] { _first, _second })
            {
                weight.sub_(weight.grad! * 0.1);
                weight.grad = null;
            }
        }

        return loss.item<float>();
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
