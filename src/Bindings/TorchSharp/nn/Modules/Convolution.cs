namespace TorchSharp.Modules;

/// <summary>What convolutions share: weight [out_channels, in_channels / groups, kernel...] and bias.</summary>
public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] dilation, long groups, bool bias, torch.Device? device, torch.ScalarType? dtype)
        : base(name)
    {
        if (groups <= 0 || in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"{in_channels} input and {out_channels} output channels do not divide into {groups} groups", nameof(groups));
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.groups = groups;
        long[] shape = [out_channels, in_channels / groups, .. kernel_size];
        weight = Initialization.Weight(shape, device, dtype);
        this.bias = bias ? Initialization.Bias(out_channels, shape.Skip(1).Aggregate((a, b) => a * b), device, dtype) : null;
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[] padding { get; }

    public long[] dilation { get; set; }

    public long groups { get; set; }

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
}
