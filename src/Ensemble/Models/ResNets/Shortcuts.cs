using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ResNets;

/// <summary>What leads a block's input past it.</summary>
internal static class Shortcuts
{
    /// <summary>A 1x1 convolution and a batch norm where input and output differ in shape; else null, for the input itself.</summary>
    public static Sequential? Create(int inputChannels, int outputChannels, int stride) =>
        stride == 1 && inputChannels == outputChannels
            ? null
            : torch.nn.Sequential(
                torch.nn.Conv2d(inputChannels, outputChannels, 1, stride: stride, bias: false),
                torch.nn.BatchNorm2d(outputChannels));
}
