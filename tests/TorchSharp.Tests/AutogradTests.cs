using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x = tensor([1f, 2, 3], requires_grad: true);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Backward_Twice_AddsUp()
    {
        _x.square().sum().backward();
        _x.square().sum().backward();

        Assert.Equal([4f, 8, 12], _x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_GradientGiven_WeightsTheOutputs()
    {
        _x.square().backward([tensor([1f, 0, 2])]);

        Assert.Equal([2f, 0, 12], _x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_InputsGiven_ReachesOnlyThose()
    {
        var y = tensor([1f, 1, 1], requires_grad: true);

        (_x * y).sum().backward(inputs: [y]);

        Assert.Null(_x.grad);
        Assert.Equal([1f, 2, 3], y.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Backward_OfSeveralElementsWithoutGradient_IsRefused() =>
        Assert.Contains("scalar outputs", Assert.Throws<ExternalException>(() => _x.square().backward()).Message, StringComparison.Ordinal);

    [Fact]
    public void Backward_SecondTime_NeedsTheGraphKept()
    {
        var loss = _x.square().sum();
        loss.backward(retain_graph: true);
        loss.backward();

        Assert.Contains("second time", Assert.Throws<ExternalException>(() => loss.backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grad_CreateGraph_GivesSecondDerivatives()
    {
        var first = autograd.grad([_x.pow(3).sum()], [_x], create_graph: true)[0];
        var second = autograd.grad([first.sum()], [_x])[0];

        Assert.Equal([6f, 12, 18], second.data<float>().ToArray());
        Assert.Null(_x.grad);
    }

    [Fact]
    public void Grad_UnusedInput_IsRefusedUnlessAllowed()
    {
        var unused = ones([2], requires_grad: true);

        Assert.Throws<ExternalException>(() => autograd.grad([_x.sum()], [unused]));
        Assert.Null(autograd.grad([_x.sum()], [unused], allow_unused: true)[0]);
    }

    [Fact]
    public void NoGrad_Nested_EndsWithItsOwnScope()
    {
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((_x * 2).requires_grad);
            using (enable_grad()) Assert.True((_x * 2).requires_grad);
            using (enable_grad(false)) Assert.False(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void InferenceMode_Result_CannotBeTracked()
    {
        Tensor result;
        using (inference_mode())
        {
            result = _x * 2;
            using (inference_mode(false)) Assert.True((_x * 2).requires_grad);
        }

        Assert.False(result.requires_grad);
        Assert.Throws<ExternalException>(() => (result * _x).sum().backward());
        Assert.True((_x * 2).requires_grad);
    }

    [Fact]
    public void NoGrad_OnOneThread_LeavesTheOthers()
    {
        using var guard = no_grad();
        var elsewhere = false;

        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();

        Assert.True(elsewhere);
    }

    [Fact]
    public void RequiresGrad_OfALeaf_IsSwitched()
    {
        var y = zeros(2);
        Assert.Same(y, y.requires_grad_());
        Assert.True(y.requires_grad && y.is_leaf);
        Assert.False((y * 2).is_leaf);
        y.requires_grad = false;
        Assert.False(y.requires_grad);
        Assert.Contains("floating point", Assert.Throws<ExternalException>(() => zeros(2, int64).requires_grad_()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grad_Assigned_IsWhatIsRead()
    {
        _x.grad = tensor([1f, 1, 1]);
        _x.sum().backward();
        Assert.Equal([2f, 2, 2], _x.grad!.data<float>().ToArray());
        _x.grad = null;
        Assert.Null(_x.grad);
    }

    [Fact]
    public void Detach_Result_SharesMemoryOffTheTape()
    {
        var detached = _x.detach();
        detached[0L] = tensor(9f);

        Assert.False(detached.requires_grad);
        Assert.Equal(9f, _x.data<float>().ToArray()[0]);
    }
}
