namespace TorchSharp.Modules;

/// <summary>While training, zeroes each channel of [N, C, H, W] with probability p and scales the rest by 1 / (1 - p).</summary>
public sealed class Dropout2d : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    internal Dropout2d(double p, bool inplace)
        : base(nameof(Dropout2d))
    {
        this.p = p;
        this.inplace = inplace;
    }

    public double p { get; set; }

    /// <summary>Whether the input is overwritten.</summary>
    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.dropout2d(input, p, training, inplace);
}
