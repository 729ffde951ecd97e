namespace TorchSharp;

/// <summary>A loss that weights classes.</summary>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    protected WeightedLoss(torch.Tensor? weight = null, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction)
    {
        this.weight = weight;
        if (weight is not null) register_buffer(nameof(weight), weight);
    }

    /// <summary>[C], or null for equal weights.</summary>
    public torch.Tensor? weight { get; }
}
