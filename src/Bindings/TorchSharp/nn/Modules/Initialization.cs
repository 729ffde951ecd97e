namespace TorchSharp.Modules;

/// <summary>How PyTorch starts the weights of linear layers and convolutions.</summary>
internal static class Initialization
{
    /// <summary>Kaiming-uniform with a = sqrt(5): uniform within 1 / sqrt(fan-in).</summary>
    public static Parameter Weight(long[] shape, torch.Device? device, torch.ScalarType? dtype)
    {
        using var guard = torch.no_grad();
        using var weight = torch.empty(shape, dtype, device);
        torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5)).Dispose();
        return new Parameter(weight);
    }

    /// <summary>Uniform within 1 / sqrt(fan-in).</summary>
    public static Parameter Bias(long size, long fanIn, torch.Device? device, torch.ScalarType? dtype)
    {
        using var guard = torch.no_grad();
        using var bias = torch.empty(size, dtype, device);
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        bias.uniform_(-bound, bound).Dispose();
        return new Parameter(bias);
    }
}
