namespace TorchSharp.Modules;

/// <summary>x sigmoid(x)</summary>
public sealed class SiLU : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal SiLU(bool inplace)
        : base(nameof(SiLU)) => this.inplace = inplace;

    /// <summary>Whether the input is overwritten.</summary>
    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => inplace ? tensor.silu_() : tensor.silu();
}
