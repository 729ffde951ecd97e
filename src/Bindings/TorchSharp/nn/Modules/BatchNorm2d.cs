namespace TorchSharp.Modules;

/// <summary>Batch norm over the channels of [N, C, H, W].</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(BatchNorm2d), num_features, eps, momentum, affine, track_running_stats, device, dtype)
    {
    }

    protected override void ValidateInputDimensions(torch.Tensor input)
    {
        if (input.dim() != 4)
            throw new ArgumentException($"BatchNorm2d takes [N, C, H, W]; given {input.dim()} dimensions", nameof(input));
    }
}
