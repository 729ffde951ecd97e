using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Devices, threads, seeds and libtorch's errors.</summary>
public sealed class MachineTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Threads_AtTheStart_AreTheMachinesOrThoseNamed()
    {
        var initial = NativeMethods.InitialThreads(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"));
        Assert.Equal(initial, get_num_threads());

        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(initial);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("3,2", 3)]
    [InlineData(" 4 ", 4)]
    [InlineData("0", 0)]
    [InlineData("-2", 0)]
    [InlineData("many", 0)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void InitialThreads_OfTheVariable_AreItsFirstNumberOrTheMachines(string? named, int expected) =>
        Assert.Equal(expected == 0 ? Environment.ProcessorCount : expected, NativeMethods.InitialThreads(named));

    [Fact]
    public void Version_IsThreeNumbers() => Assert.Matches(@"^\d+\.\d+\.\d+", __version__);

    [Theory]
    [InlineData("tpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:0:1")]
    [InlineData("cpu:-1")]
    [InlineData("")]
    public void Device_UnknownText_SaysWhatIsExpected(string text) =>
        Assert.Contains("expected cpu, cuda or cuda:N", Assert.Throws<ArgumentException>(() => device(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Device_EachForm_IsRead()
    {
        Assert.Equal(("cpu", -1), (device("cpu").ToString(), CPU.index));
        Assert.Equal("cuda:0", device("cuda").ToString());
        Assert.Equal("cuda:1", device("cuda", 1).ToString());
        Assert.Equal((DeviceType.CUDA, 2), (device("cuda:2").type, device(DeviceType.CUDA, 2).index));
        Assert.Equal("cuda:0", CUDA.ToString());
        Device implied = "cpu";
        Assert.Equal(implied.type, zeros(1).device.type);
    }

    [Fact]
    public void Cuda_WithoutADevice_IsAClearError()
    {
        Assert.SkipWhen(cuda.is_available(), "this machine has a CUDA device");
        Assert.Equal((false, 0, false), (cuda_is_available(), cuda.device_count(), cuda.is_cudnn_available()));
        foreach (var use in new Action[] { () => zeros([2], device: CUDA), () => zeros(2).cuda(), () => zeros(2).to(CUDA), () => tensor([1f], device: CUDA), cuda_synchronize })
        {
            var message = Assert.Throws<ExternalException>(use).Message;
            Assert.Contains("CUDA", message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', message);
        }

        static void cuda_synchronize() => cuda.synchronize();
    }

    [Fact]
    public void Cuda_ManualSeedWithoutADevice_IsNothing()
    {
        Assert.SkipWhen(cuda.is_available(), "this machine has a CUDA device");
        cuda.manual_seed(1);
        cuda.manual_seed_all(1);
    }

    [Fact]
    public void Cuda_Tensor_ComputesAsOnTheCpu()
    {
        Assert.SkipUnless(cuda.is_available(), "this machine has no CUDA device");
        var x = rand(5, 4);

        var moved = x.cuda();

        Assert.True(moved.is_cuda);
        Assert.True(moved.matmul(moved.t()).cpu().allclose(x.matmul(x.t()), 1e-3, 1e-3));
        cuda.synchronize();
    }

    [Fact]
    public void Error_OfLibtorch_IsItsMessageWithoutTheBacktrace()
    {
        Action[] faults =
        [
            () => zeros(2, 3).mm(zeros(2, 3)),
            () => zeros(2, 3).add(zeros(2, 4)),
            () => zeros(4).view(3, 3),
            () => zeros(4).sum(5),
            () => zeros(2).@long().matmul(zeros(2)),
            () => nn.functional.conv2d(zeros([1, 3, 4, 4]), zeros([2, 4, 3, 3])),
            () => nn.functional.cross_entropy(zeros(2, 3), tensor([0L, 3])),
            () => zeros(2).multinomial(1),
            () => zeros(2).sum().backward(),
        ];
        foreach (var fault in faults)
        {
            var message = Assert.Throws<ExternalException>(fault).Message;
            Assert.NotEmpty(message);
            Assert.DoesNotContain("frame #", message, StringComparison.Ordinal);
            Assert.DoesNotContain(".cpp:", message, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception raised from", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Error_OfShapes_NamesThem()
    {
        var message = Assert.Throws<ExternalException>(() => zeros(2, 3).mm(zeros(4, 5))).Message;

        Assert.Contains("2x3 and 4x5", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ManualSeed_Again_RepeatsTheNumbers()
    {
        using var generator = manual_seed(5);
        Assert.Equal(5, generator.initial_seed());
        var first = randn(8);
        var second = randn(8);

        manual_seed(5).Dispose();

        Assert.Equal(first.data<float>().ToArray(), randn(8).data<float>().ToArray());
        Assert.Equal(second.data<float>().ToArray(), randn(8).data<float>().ToArray());
        Assert.NotEqual(first.data<float>().ToArray(), second.data<float>().ToArray());
    }

    [Fact]
    public void Generator_State_ContinuesWhereItStood()
    {
        using var generator = new Generator(3);
        _ = rand(5, generator: generator);
        var state = generator.get_state();
        var expected = rand(5, generator: generator).data<float>().ToArray();

        using var other = new Generator();
        other.set_state(state);

        Assert.Equal(expected, rand(5, generator: other).data<float>().ToArray());
        Assert.Same(other, other.manual_seed(3));
        Assert.Equal((3, "cpu"), (other.initial_seed(), other.device.ToString()));
    }

    [Fact]
    public void Generator_OfOnesOwn_LeavesTheDefaultStream()
    {
        manual_seed(9).Dispose();
        var expected = rand(3).data<float>().ToArray();

        manual_seed(9).Dispose();
        using (var own = new Generator(1)) _ = rand(100, generator: own);

        Assert.Equal(expected, rand(3).data<float>().ToArray());
    }

    [Fact]
    public void Generator_AfterDispose_SaysSo()
    {
        var generator = new Generator(1);
        generator.Dispose();
        generator.Dispose();

        Assert.Throws<ObjectDisposedException>(() => rand(3, generator: generator));
    }

    [Fact]
    public void RandomNumbers_Many_HaveTheirMoments()
    {
        const long N = 100_000;
        manual_seed(11).Dispose();

        AssertMoments(rand(N), 0.5, Math.Sqrt(1.0 / 12));
        AssertMoments(randn(N), 0, 1);
        AssertMoments(zeros(N).uniform_(-2, 4), 1, 6 / Math.Sqrt(12));
        AssertMoments(zeros(N).normal_(3, 0.5), 3, 0.5);
        AssertMoments(zeros(N).bernoulli_(0.3), 0.3, Math.Sqrt(0.21));
        AssertMoments(full([N], 0.7).bernoulli(), 0.7, Math.Sqrt(0.21));
        AssertMoments(randint(10, [N]).@double(), 4.5, Math.Sqrt(99 / 12.0));
        AssertMoments(tensor([0f, 1, 3]).multinomial(N, true).@double(), 1.75, Math.Sqrt(0.1875));
    }

    // The mean of N draws lies within five of its own deviations.
    private static void AssertMoments(Tensor draws, double mean, double deviation)
    {
        var tolerance = 5 * deviation / Math.Sqrt(draws.numel());
        Assert.InRange(draws.mean().@double().item<double>(), mean - tolerance, mean + tolerance);
        Assert.InRange(draws.std().@double().item<double>(), deviation * 0.98, deviation * 1.02);
    }
}
