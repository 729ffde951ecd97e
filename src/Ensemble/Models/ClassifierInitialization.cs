using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models;

/// <summary>How the benchmark's VGG and MobileNet start, beyond their convolutions' weights.</summary>
internal static class ClassifierInitialization
{
    private const double LinearDeviation = 0.01;

    /// <summary>Biases of convolutions and linear layers 0; linear weights normal with deviation 0.01.</summary>
    public static void Small(torch.nn.Module network)
    {
        foreach (var convolution in network.modules().OfType<Conv2d>())
        {
            if (convolution.bias is { } bias)
            {
                torch.nn.init.zeros_(bias).Dispose();
            }
        }

        foreach (var linear in network.modules().OfType<Linear>())
        {
            torch.nn.init.normal_(linear.weight, 0, LinearDeviation).Dispose();
            torch.nn.init.zeros_(linear.bias!).Dispose();
        }
    }
}
