using Ensemble.Acceleration;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Tests;

namespace Ensemble.Tests.Acceleration;

/// <summary>The fused operator beside libtorch's three, in float32.</summary>
[Collection(TensorTests.Name)]
public sealed class FusedNormTests
{
    public static TheoryData<int, int, int, Activation, bool> Shapes()
    {
        var cases = new TheoryData<int, int, int, Activation, bool>();
        // Whole vectors, parts of one, periods of several, more than one chunk, an odd end.
        (int Images, int Channels, int Side)[] shapes = [(2, 1, 3), (3, 3, 5), (2, 4, 4), (5, 12, 7), (4, 16, 16), (3, 20, 9), (2, 77, 5), (6, 64, 16), (1, 513, 5)];
        foreach (var (images, channels, side) in shapes)
        {
            foreach (var activation in Enum.GetValues<Activation>())
            {
                cases.Add(images, channels, side, activation, false);
                cases.Add(images, channels, side, activation, true);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Call_Float32Training_EqualsTheThreeOperators(int images, int channels, int side, Activation activation, bool adds) =>
        Compare(images, channels, side, activation, adds, torch.ScalarType.Float32, 2e-5);

    // A bfloat16 has 8 bits: each output is within 2^-8 of what float32 gives from the same inputs. GELU behind a sum is not
    // fused: it is rounded three times.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Call_Bfloat16Training_EqualsTheThreeOperators(int images, int channels, int side, Activation activation, bool adds) =>
        Compare(images, channels, side, activation, adds, torch.ScalarType.BFloat16, activation == Activation.Gelu && adds ? 2e-2 : 8e-3);

    [Fact]
    public void Call_EitherLayout_KeepsIt()
    {
        // Fused, and by the three operators.
        using var scope = torch.NewDisposeScope();
        var map = ChannelsLast.Convert(torch.randn(4, 6, 8, 8)).requires_grad_();
        using var norm = Norm(6);

        var fused = FusedNorm.Call(norm, map, Activation.Relu);
        var three = FusedNorm.Call(norm, map.detach().contiguous(), Activation.Relu);

        Assert.True(fused.permute(0, 2, 3, 1).is_contiguous());
        Assert.True(three.is_contiguous());
        Assert.True(fused.detach().allclose(three, 1e-5, 1e-5));
    }

    [Theory]
    [InlineData(Activation.Identity)]
    [InlineData(Activation.Relu)]
    public void Call_LargeMeanAndSmallSpread_KeepsTheVariance(Activation activation)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(4);
        var map = (torch.randn(8, 5, 16, 16) * 0.01) + 100;
        using var norm = Norm(5);
        var exact = map.to(torch.ScalarType.Float64);
        var mean = exact.mean([0, 2, 3], keepdim: true);
        var expected = (exact - mean) / ((exact - mean).square().mean([0, 2, 3], keepdim: true) + norm.eps).sqrt();
        expected = activation == Activation.Relu ? expected.relu() : expected;
        using (torch.no_grad())
        {
            norm.weight!.fill_(1);
            norm.bias!.fill_(0);
        }

        var y = FusedNorm.Call(norm, ChannelsLast.Convert(map), activation);

        // The input itself is rounded to 8e-6, a thousandth of its spread.
        Assert.True(y.to(torch.ScalarType.Float64).allclose(expected, 0, 3e-3), $"{(y - expected).abs().max().item<double>()}");
    }

    [Theory]
    [InlineData(Activation.Identity)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    public void Call_Evaluating_UsesTheRunningStatistics(Activation activation)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var norm = Norm(12);
        norm.eval();
        var map = ChannelsLast.Convert(torch.randn(3, 12, 5, 5).to(torch.ScalarType.BFloat16));

        var y = FusedNorm.Call(norm, map, activation).to(torch.ScalarType.Float32);

        Close(Reference(norm, map.to(torch.ScalarType.Float32), activation, null), y, 8e-3);
    }

    [Fact]
    public void Call_OneThreadOrTwo_GivesTheSameBits()
    {
        using var scope = torch.NewDisposeScope();
        var map = ChannelsLast.Convert(torch.randn(16, 24, 16, 16));
        (torch.Tensor Y, torch.Tensor Gradient, torch.Tensor Weight) Run(int threads)
        {
            torch.set_num_threads(threads);
            using var norm = Norm(24);
            var x = map.clone().requires_grad_();
            var y = FusedNorm.Call(norm, x, Activation.Relu);
            (y * y).sum().backward();
            return (y.detach(), x.grad!.clone(), norm.weight!.grad!.clone());
        }

        var (one, two) = (Run(1), Run(2));
        torch.set_num_threads(1);

        Assert.True(one.Y.eq(two.Y).all().item<bool>());
        Assert.True(one.Gradient.eq(two.Gradient).all().item<bool>());
        Assert.True(one.Weight.eq(two.Weight).all().item<bool>());
    }

    [Theory]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.BFloat16)]
    public void Call_NotANumber_StaysOne(torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var values = torch.zeros([2, 4, 3, 3]);
        values[0, 1, 0, 0].fill_(float.NaN);
        using var norm = Norm(4);

        var y = FusedNorm.Call(norm, ChannelsLast.Convert(values.to(type)), Activation.Relu);

        Assert.True(y.select(1, 1).isnan().all().item<bool>());
        Assert.False(y.select(1, 0).isnan().any().item<bool>());
    }

    [Fact]
    public void Call_FrozenWeight_GivesItNoGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var norm = Norm(8);
        norm.weight!.requires_grad = false;
        var map = ChannelsLast.Convert(torch.randn(2, 8, 4, 4));

        FusedNorm.Call(norm, map, Activation.Relu).sum().backward();

        Assert.Null(norm.weight.grad);
        Assert.NotNull(norm.bias!.grad);
    }

    [Fact]
    public void Call_Repeatedly_LeavesNoTensors()
    {
        using var norm = Norm(8);
        var before = LiveTensors.Count();
        using (var map = torch.randn(2, 8, 4, 4))
        using (var last = ChannelsLast.Convert(map))
        {
            FusedNorm.Call(norm, last, Activation.Relu, last).Dispose();
            FusedNorm.Call(norm, map, Activation.Gelu).Dispose();
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(2, norm.num_batches_tracked!.item<long>());
    }

    private static void Compare(int images, int channels, int side, Activation activation, bool adds, torch.ScalarType type, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed((channels * 7) + side);
        using var norm = Norm(channels);
        using var twin = Norm(channels);
        var x = ChannelsLast.Convert((torch.randn(images, channels, side, side) * 2 + 0.5).to(type)).requires_grad_();
        var residual = adds ? ChannelsLast.Convert(torch.randn(images, channels, side, side).to(type)).requires_grad_() : null;
        var (x32, residual32) = (Copy(x), residual is null ? null : Copy(residual));
        // As a gradient arrives from a layer that knows nothing of the layout.
        var gradient = torch.randn(images, channels, side, side).to(type);

        var y = FusedNorm.Call(norm, x, activation, residual);
        y.backward([gradient]);
        var expected = Reference(twin, x32, activation, residual32);
        expected.backward([gradient.to(torch.ScalarType.Float32)]);

        Close(expected, y, tolerance);
        Close(x32.grad!, x.grad!, tolerance);
        Close(twin.weight!.grad!, norm.weight!.grad!, tolerance);
        Close(twin.bias!.grad!, norm.bias!.grad!, tolerance);
        Close(twin.running_mean!, norm.running_mean!, 1e-5);
        Close(twin.running_var!, norm.running_var!, 1e-5);
        if (residual is not null)
        {
            Close(residual32!.grad!, residual.grad!, tolerance);
        }
    }

    private static torch.Tensor Reference(BatchNorm2d norm, torch.Tensor map, Activation activation, torch.Tensor? residual)
    {
        var v = norm.call(map.contiguous());
        v = residual is null ? v : v + residual;
        return activation switch { Activation.Relu => v.relu(), Activation.Gelu => torch.nn.functional.gelu(v), _ => v };
    }

    private static torch.Tensor Copy(torch.Tensor map) => map.detach().to(torch.ScalarType.Float32).clone().requires_grad_();

    private static BatchNorm2d Norm(int channels)
    {
        var norm = torch.nn.BatchNorm2d(channels, momentum: 0.3);
        using var guard = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        norm.weight!.copy_(Ramp(-1, 1.5, channels));
        norm.bias!.copy_(Ramp(0.5, -0.5, channels));
        norm.running_mean!.copy_(Ramp(0, 1, channels));
        norm.running_var!.copy_(Ramp(0.5, 2, channels));
        return norm;
    }

    private static torch.Tensor Ramp(double first, double last, int count) =>
        torch.tensor(Enumerable.Range(0, count).Select(k => (float)(first + ((last - first) * k / Math.Max(1, count - 1)))).ToArray());

    // Within the tolerance of the largest: a sum of many terms is as exact as they are.
    private static void Close(torch.Tensor expected, torch.Tensor actual, double tolerance)
    {
        var (a, b) = (expected.detach().to(torch.ScalarType.Float64), actual.detach().to(torch.ScalarType.Float64));
        var bound = tolerance * Math.Max(1, a.abs().max().item<double>());
        var worst = (a - b).abs().max().item<double>();
        Assert.True(worst <= bound, $"{worst} apart, at most {bound}");
    }
}
