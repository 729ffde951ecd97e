namespace TorchSharp.Modules;

/// <summary>Batch norm over the channels of [N, C] or [N, C, L].</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(BatchNorm1d), num_features, eps, momentum, affine, track_running_stats, device, dtype)
    {
    }

    protected override void ValidateInputDimensions(torch.Tensor input)
    {
        if (input.dim() is not (2 or 3))
            throw new ArgumentException($"BatchNorm1d takes [N, C] or [N, C, L]; given {input.dim()} dimensions", nameof(input));
    }
}
