namespace TorchSharp.Modules;

/// <summary>min(max(0, x), 6)</summary>
public sealed class ReLU6 : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal ReLU6(bool inplace)
        : base(nameof(ReLU6)) => this.inplace = inplace;

    /// <summary>Whether the input is overwritten.</summary>
    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => inplace ? tensor.relu6_() : tensor.relu6();
}
