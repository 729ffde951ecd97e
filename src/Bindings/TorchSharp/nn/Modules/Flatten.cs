namespace TorchSharp.Modules;

/// <summary>Joins the dimensions from start_dim to end_dim into one.</summary>
public sealed class Flatten : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal Flatten(long start_dim, long end_dim)
        : base(nameof(Flatten))
    {
        this.start_dim = start_dim;
        this.end_dim = end_dim;
    }

    public long start_dim { get; set; }

    public long end_dim { get; set; }

    public override torch.Tensor forward(torch.Tensor input) => input.flatten(start_dim, end_dim);
}
