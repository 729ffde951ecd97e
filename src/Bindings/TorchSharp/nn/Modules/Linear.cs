namespace TorchSharp.Modules;

/// <summary>x W^T + b, W being [out_features, in_features].</summary>
/// <remarks>Both start uniform within 1 / sqrt(in_features), as PyTorch starts them.</remarks>
public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(Linear))
    {
        in_features = inputSize;
        out_features = outputSize;
        weight = Initialization.Weight([outputSize, inputSize], device, dtype);
        bias = hasBias ? Initialization.Bias(outputSize, inputSize, device, dtype) : null;
    }

    public long in_features { get; set; }

    public long out_features { get; set; }

    /// <summary>What is put here is the module's to dispose, and what was here is disposed.</summary>
    public Parameter weight
    {
        get;
        set => field = Put(nameof(weight), value)!;
    }

    public Parameter? bias
    {
        get;
        set => field = Put(nameof(bias), value);
    }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
}
