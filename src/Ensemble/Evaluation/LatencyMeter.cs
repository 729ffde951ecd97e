using System.Diagnostics;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Evaluation;

/// <summary>How long one forward pass takes.</summary>
public static class LatencyMeter
{
    private const int Warmups = 2;
    private const int Runs = 9;

    /// <summary>The median of nine forward passes after two that do not count, in float32.</summary>
    /// <param name="network">From [B, C, H, W] to logits; its mode is as before afterwards.</param>
    /// <param name="input">The images' shape.</param>
    /// <param name="batchSize">Images at once, at least 1.</param>
    /// <param name="device">Where the network is.</param>
    /// <returns>Milliseconds for the whole batch.</returns>
    public static double MedianMilliseconds(torch.nn.Module<torch.Tensor, torch.Tensor> network, ImageShape input, int batchSize, torch.Device device)
    {
        var wasTraining = network.training;
        network.eval();
        using var guard = torch.no_grad();
        using var images = torch.zeros([batchSize, input.Channels, input.Height, input.Width], device: device);
        var milliseconds = Enumerable.Range(0, Warmups + Runs).Select(_ => Time(network, images)).Skip(Warmups).Order().ToArray();
        network.train(wasTraining);
        return milliseconds[Runs / 2];
    }

    private static double Time(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor images)
    {
        var watch = Stopwatch.StartNew();
        network.call(images).Dispose();
        if (images.is_cuda)
        {
            torch.cuda.synchronize();
        }

        return watch.Elapsed.TotalMilliseconds;
    }
}
