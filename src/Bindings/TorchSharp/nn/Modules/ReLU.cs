namespace TorchSharp.Modules;

/// <summary>max(0, x)</summary>
public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal ReLU(bool inplace)
        : base(nameof(ReLU)) => this.inplace = inplace;

    /// <summary>Whether the input is overwritten.</summary>
    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => inplace ? tensor.relu_() : tensor.relu();
}
