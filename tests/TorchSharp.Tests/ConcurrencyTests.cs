using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class ConcurrencyTests
{
    private const int Threads = 4;

    [Fact]
    public void Operators_OnSeveralThreads_GiveTheirOwnResults()
    {
        var before = LiveTensors.Count();
        using (NewDisposeScope())
        {
            var weight = Identity();
            var faults = new List<Exception>();
            var threads = Enumerable.Range(0, Threads).Select(id => new Thread(() => Guarded(faults, () => Work(id, weight)))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.Empty(faults);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Scope_OfOneThread_DoesNotOwnAnothersTensors()
    {
        using var scope = NewDisposeScope();
        Tensor? made = null;

        var thread = new Thread(() => made = zeros(3));
        thread.Start();
        thread.Join();

        Assert.Equal(0, scope.DisposablesCount);
        scope.Dispose();
        Assert.False(made!.IsInvalid);
        made.Dispose();
    }

    [Fact]
    public void Errors_OnSeveralThreads_KeepTheirOwnMessages()
    {
        var faults = new List<Exception>();
        var threads = Enumerable.Range(1, Threads).Select(id => new Thread(() => Guarded(faults, () =>
        {
            for (var k = 0; k < 50; k++)
            {
                using var scope = NewDisposeScope();
                var error = Assert.ThrowsAny<Exception>(() => zeros(id, 7).mm(zeros(9, id)));
                Assert.Contains($"{id}x7 and 9x{id}", error.Message, StringComparison.Ordinal);
            }
        }))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Empty(faults);
    }

    private static Tensor Identity() => tensor([1f, 0, 0, 1], [2, 2], requires_grad: true);

    private static void Work(int id, Tensor weight)
    {
        for (var k = 0; k < 200; k++)
        {
            using var scope = NewDisposeScope();
            var x = full([3, 2], id + 1f);
            var y = x.matmul(weight).relu().sum();
            Assert.Equal(6f * (id + 1), y.item<float>());
            Assert.Equal(3f * (id + 1), autograd.grad([y], [weight])[0][0, 0].item<float>());
        }
    }

    private static void Guarded(List<Exception> faults, Action body)
    {
#pragma warning disable CA1031 // Handed to the test's own thread, which fails with it.
        try
        {
            body();
        }
        catch (Exception e)
        {
            lock (faults) faults.Add(e);
        }
#pragma warning restore CA1031
    }
}
