namespace TorchSharp.Modules;

/// <summary>(x - mean) / sqrt(variance + eps) * weight + bias, for each feature (Ioffe and Szegedy 2015, arXiv 1502.03167).</summary>
public abstract class BatchNorm : NormBase
{
    private protected BatchNorm(string name, long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
        : base(name, num_features, eps, momentum, affine, track_running_stats, device, dtype)
    {
    }

    /// <summary>While training, the batch's own mean and variance, which also move the running ones; else the running ones.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);
        if (training && track_running_stats)
        {
            using var guard = torch.no_grad();
            num_batches_tracked!.add_(1).Dispose();
        }

        return torch.nn.functional.batch_norm(input, running_mean!, running_var!, weight, bias, training || !track_running_stats, momentum ?? CumulativeMomentum(), eps);
    }

    // Without a momentum the running statistics are the plain average over the batches seen.
    private double CumulativeMomentum() => track_running_stats && training ? 1.0 / num_batches_tracked!.item<long>() : 0;
}
