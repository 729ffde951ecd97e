namespace TorchSharp.Modules;

/// <summary>What batch norms share: scale and shift of each feature, and running statistics.</summary>
public abstract class NormBase : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private protected NormBase(string name, long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
        : base(name)
    {
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        if (affine)
        {
            weight = Filled(1, device, dtype);
            bias = Filled(0, device, dtype);
        }

        if (track_running_stats)
        {
            running_mean = torch.zeros(num_features, dtype, device);
            running_var = torch.ones(num_features, dtype, device);
            num_batches_tracked = torch.zeros([], torch.ScalarType.Int64, device);
        }
    }

    public long num_features { get; }

    /// <summary>Added to the variance before its root is taken.</summary>
    public double eps { get; set; }

    /// <summary>The share of the new batch in the running statistics.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    public Parameter? weight
    {
        get;
        set => field = Put(nameof(weight), value);
    }

    public Parameter? bias
    {
        get;
        set => field = Put(nameof(bias), value);
    }

    public torch.Tensor? running_mean
    {
        get;
        set => field = Put(nameof(running_mean), value);
    }

    public torch.Tensor? running_var
    {
        get;
        set => field = Put(nameof(running_var), value);
    }

    public torch.Tensor? num_batches_tracked
    {
        get;
        set => field = Put(nameof(num_batches_tracked), value);
    }

    /// <exception cref="ArgumentException">The input has another number of dimensions than this layer takes.</exception>
    protected abstract void ValidateInputDimensions(torch.Tensor input);

    private Parameter Filled(double value, torch.Device? device, torch.ScalarType? dtype)
    {
        using var values = torch.full([num_features], value, dtype ?? torch.ScalarType.Float32, device);
        return new Parameter(values);
    }
}
