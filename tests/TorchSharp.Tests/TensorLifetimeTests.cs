using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Who frees a tensor, and what is said of one that was freed.</summary>
public sealed class TensorLifetimeTests
{
    [Fact]
    public void Handle_AfterDispose_SaysThatTheTensorWasDisposed()
    {
        var x = zeros(3);
        x.Dispose();

        Assert.True(x.IsInvalid);
        Assert.Equal("Tensor (disposed)", x.ToString());
        foreach (var use in new Action[] { () => _ = x.Handle, () => x.add(1), () => _ = x.shape, () => x.data<float>().ToArray(), () => _ = x.grad, () => cat([x, x]) })
            Assert.Contains("was disposed, by itself or with the dispose scope", Assert.Throws<ObjectDisposedException>(use).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_Twice_CountsOnce()
    {
        var before = LiveTensors.Count();
        var x = zeros(3);
        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.True(Tensor.PeakCount >= before + 1);

        x.Dispose();
        x.Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Dispose_OfOneHandle_LeavesTheOtherHandleAndTheGraph()
    {
        using var scope = NewDisposeScope();
        var x = ones([2], requires_grad: true);
        var product = x * 3;
        var view = product.alias();
        var loss = product.sum();

        product.Dispose();
        loss.backward();

        Assert.Equal([3f, 3], view.data<float>().ToArray());
        Assert.Equal([3f, 3], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Scope_OnDispose_FreesWhatWasMadeInItAndNothingElse()
    {
        var before = LiveTensors.Count();
        using var outside = zeros(1);
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = outside + 1;
            _ = (inside * 2).exp();
            Assert.Equal(3, scope.DisposablesCount);
            Assert.Contains(inside, scope.DisposablesView);
            Assert.True(scope.Contains(inside));
            Assert.False(scope.Contains(outside));
        }

        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        Assert.Equal(before + 1, Tensor.TotalCount);
    }

    [Fact]
    public void MoveToOuter_Tensor_LivesAsLongAsTheOuterScope()
    {
        using var outer = NewDisposeScope();
        Tensor first, second, third, fourth;
        using (var inner = NewDisposeScope())
        {
            (first, second, third) = inner.MoveToOuter(zeros(1), zeros(1), zeros(1));
            fourth = zeros(1).MoveToOuterDisposeScope();
            (first, second) = inner.MoveToOuter(first, second);
        }

        Assert.All([first, second, third, fourth], tensor => Assert.True(outer.Contains(tensor)));
        outer.Dispose();
        Assert.All([first, second, third, fourth], tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void MoveToOuter_WithoutAnOuterScope_LeavesTheTensorToItsHolder()
    {
        Tensor kept;
        using (NewDisposeScope()) kept = zeros(1).MoveToOuterDisposeScope();

        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void MoveToOther_Tensor_BelongsToThatScope()
    {
        using var loose = zeros(1);
        using var outer = NewDisposeScope();
        using var inner = NewDisposeScope();
        var x = zeros(1);

        x.MoveToOtherDisposeScope(outer);
        loose.MoveToOtherDisposeScope(outer);
        var y = inner.MoveToOther(outer, zeros(1));
        inner.Dispose();

        Assert.All([x, y, loose], tensor => Assert.True(outer.Contains(tensor)));
    }

    [Fact]
    public void Detach_Tensor_OutlivesTheScope()
    {
        Tensor x, y;
        using (var scope = NewDisposeScope())
        {
            x = scope.Detach(zeros(1));
            y = zeros(1).DetachFromDisposeScope();
        }

        Assert.False(x.IsInvalid || y.IsInvalid);
        x.Dispose();
        y.Dispose();
    }

    [Fact]
    public void Attach_TensorOfAnotherScope_MovesIt()
    {
        using var outer = NewDisposeScope();
        var x = zeros(1);
        using (var inner = NewDisposeScope()) inner.Attach(x);

        Assert.True(x.IsInvalid);
        Assert.Equal(0, outer.DisposablesCount);
    }

    [Fact]
    public void DisposeEverythingBut_Tensor_KeepsOnlyThat()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (zeros(1), zeros(1));

        scope.DisposeEverythingBut(x);

        Assert.True(y.IsInvalid);
        Assert.True(scope.Contains(x));
        scope.DisposeEverything();
        Assert.True(x.IsInvalid);
    }

    [Fact]
    public void Scope_DisposedBeforeAnInnerOne_TakesTheInnerAlong()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var x = zeros(1);

        outer.Dispose();

        Assert.True(x.IsInvalid);
        inner.Dispose();
        using var free = zeros(1);
        using (NewDisposeScope())
        {
        }

        Assert.False(free.IsInvalid);
    }

    [Fact]
    public void Scope_DisposedOnAnotherThread_TakesNoMoreTensors()
    {
        var scope = NewDisposeScope();

        var thread = new Thread(scope.Dispose);
        thread.Start();
        thread.Join();

        using var free = zeros(1);
        Assert.False(scope.Contains(free));
        using (var next = NewDisposeScope()) Assert.True(next.Contains(zeros(1)));
    }

    [Fact]
    public void Dispose_ByHandInsideAScope_LeavesNoTraceInIt()
    {
        using var scope = NewDisposeScope();
        for (var k = 0; k < 10; k++) zeros(1).Dispose();
        var kept = zeros(1);

        Assert.Equal(1, scope.DisposablesCount);
        kept.Dispose();
        scope.Dispose();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void WrappedTensorDisposeScope_Expression_LeavesOnlyTheResult()
    {
        var before = LiveTensors.Count();

        using var result = WrappedTensorDisposeScope(() => (zeros(2) + 1) * 3);

        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.Equal([3f, 3], result.data<float>().ToArray());
    }

    [Fact]
    public void Operators_ThatFail_LeaveNothingBehind()
    {
        var before = LiveTensors.Count();
        using (var scope = NewDisposeScope())
        {
            var x = zeros(2, 3);
            for (var k = 0; k < 5; k++) Assert.ThrowsAny<Exception>(() => x.mm(x));
            Assert.Equal(1, scope.DisposablesCount);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Finaliser_OfAForgottenTensor_FreesIt()
    {
        var before = LiveTensors.Count();
        var forgotten = Forget();
        Assert.Equal(before + 1, Tensor.TotalCount);

        for (var k = 0; k < 10 && forgotten.IsAlive; k++) LiveTensors.Count();

        Assert.False(forgotten.IsAlive);
        Assert.Equal(before, LiveTensors.Count());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget() => new(zeros(100));
}
