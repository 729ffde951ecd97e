using Ensemble.Acceleration;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Acceleration;

[Collection(TensorTests.Name)]
public sealed class FusedGeluTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(8192)]
    [InlineData(20_001)]
    public void Call_Bfloat16_EqualsFloat64RoundedOnce(int count)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(count);
        var x = (torch.randn(count) * 3).to(torch.ScalarType.BFloat16).requires_grad_();
        var exact = x.detach().to(torch.ScalarType.Float64).requires_grad_();
        var gradient = torch.randn(count).to(torch.ScalarType.BFloat16);

        var y = FusedGelu.Call(x);
        y.backward([gradient]);
        var expected = torch.nn.functional.gelu(exact);
        expected.backward([gradient.to(torch.ScalarType.Float64)]);

        Close(expected, y);
        Close(exact.grad!, x.grad!);
    }

    [Fact]
    public void Call_ExtremesAndNotANumber_StayWhatTheyAre()
    {
        using var scope = torch.NewDisposeScope();
        using var values = torch.tensor([-1e30f, -40f, -10f, 0f, 10f, 40f, 1e30f, float.NaN]);

        var y = FusedGelu.Call(values.to(torch.ScalarType.BFloat16)).to(torch.ScalarType.Float32).data<float>().ToArray();

        Assert.Equal([0f, 0f, 0f, 0f, 10f, 40f], y[..6].Select(value => Math.Abs(value) < 1e-20 ? 0 : value));
        Assert.True(y[6] > 9e29f);
        Assert.True(float.IsNaN(y[7]));
    }

    [Fact]
    public void Call_TransposedMap_KeepsThePlacesOfItsElements()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var map = ChannelsLast.Convert(torch.randn(2, 5, 3, 4).to(torch.ScalarType.BFloat16)).requires_grad_();
        var plain = map.detach().contiguous().requires_grad_();
        var gradient = torch.randn(2, 5, 3, 4).to(torch.ScalarType.BFloat16);

        FusedGelu.Call(map).backward([gradient]);
        FusedGelu.Call(plain).backward([gradient]);

        Assert.True(map.grad!.eq(plain.grad!).all().item<bool>());
        Assert.True(FusedGelu.Call(map).eq(FusedGelu.Call(plain)).all().item<bool>());
    }

    // Half a unit in the last of 8 bits, and what float32 adds.
    private static void Close(torch.Tensor expected, torch.Tensor actual)
    {
        var (a, b) = (expected.detach(), actual.detach().to(torch.ScalarType.Float64));
        Assert.True((a - b).abs().le((a.abs() * 0.00392) + 1e-6).all().item<bool>(), $"{(a - b).abs().max().item<double>()} apart");
    }
}
