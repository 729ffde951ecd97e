using TorchSharp;

namespace Ensemble.Tests.Models;

/// <summary>What tensors hold, for assertions.</summary>
internal static class TensorValues
{
    public static float[] Of(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return [.. tensor.detach().to(torch.ScalarType.Float32).contiguous().data<float>()];
    }

    public static void AssertSame(torch.Tensor expected, torch.Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(Of(expected).AsSpan().SequenceEqual(Of(actual)), "the values differ");
    }
}
