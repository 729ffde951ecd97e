namespace TorchSharp.Modules;

/// <summary>x relu6(x + 3) / 6</summary>
public sealed class Hardswish : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal Hardswish(bool inplace)
        : base(nameof(Hardswish)) => this.inplace = inplace;

    /// <summary>Whether the input is overwritten.</summary>
    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => inplace ? tensor.hardswish_() : tensor.hardswish();
}
