namespace TorchSharp.Modules;

/// <summary>x Phi(x), Phi being the standard normal distribution function.</summary>
public sealed class GELU : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal GELU()
        : base(nameof(GELU))
    {
    }

    public override torch.Tensor forward(torch.Tensor tensor) => tensor.gelu();
}
