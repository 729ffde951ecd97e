using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.ResNets;

/// <summary>The four stages of He et al. 2015, table 1.</summary>
internal static class ResNetStages
{
    /// <summary>Channels of the blocks' 3x3 convolutions at each stage; the first convolution has the first stage's.</summary>
    public static readonly int[] Channels = [64, 128, 256, 512];

    /// <summary>Blocks at each stage of a depth, or null for a depth that the paper does not have.</summary>
    /// <param name="depth">18, 34, 50, 101 or 152; from 50 on the blocks are bottlenecks.</param>
    public static int[]? Blocks(int depth) => depth switch
    {
        18 => [2, 2, 2, 2],
        34 or 50 => [3, 4, 6, 3],
        101 => [3, 4, 23, 3],
        152 => [3, 8, 36, 3],
        _ => null,
    };

    /// <summary>One stage; every stage but the first halves the map.</summary>
    /// <param name="stage">0 to 3.</param>
    /// <param name="count">Blocks.</param>
    /// <param name="expansion">Output channels of a block for each channel of the stage.</param>
    /// <param name="block">Makes a block of input channels, channels and stride.</param>
    public static Sequential Create(int stage, int count, int expansion, Func<int, int, int, torch.nn.Module<torch.Tensor, torch.Tensor>> block)
    {
        var channels = Channels[stage];
        var inputChannels = stage == 0 ? Channels[0] : Channels[stage - 1] * expansion;
        return torch.nn.Sequential(Enumerable.Range(0, count).Select(position => position == 0
            ? block(inputChannels, channels, stage == 0 ? 1 : 2)
            : block(channels * expansion, channels, 1)));
    }
}
