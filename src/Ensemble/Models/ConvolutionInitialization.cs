using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models;

/// <summary>How the published residual networks start.</summary>
internal static class ConvolutionInitialization
{
    /// <summary>Every convolution normal with deviation sqrt(2 / fan-out) (He et al. 2015, arXiv 1502.01852).</summary>
    public static void KaimingFanOut(torch.nn.Module network)
    {
        foreach (var convolution in network.modules().OfType<Conv2d>())
        {
            torch.nn.init.kaiming_normal_(
                convolution.weight,
                mode: torch.nn.init.FanInOut.FanOut,
                nonlinearity: torch.nn.init.NonlinearityType.ReLU).Dispose();
        }
    }
}
