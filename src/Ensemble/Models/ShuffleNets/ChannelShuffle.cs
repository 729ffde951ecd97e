using TorchSharp;

namespace Ensemble.Models.ShuffleNets;

/// <summary>The exchange of channels between the groups of a grouped convolution (arXiv 1707.01083, figure 1c).</summary>
internal static class ChannelShuffle
{
    /// <summary>Channel g * (C / groups) + c goes to c * groups + g.</summary>
    /// <param name="features">[N, C, H, W]; C a multiple of groups. The caller keeps it.</param>
    /// <param name="groups">Groups of channels, at least 1.</param>
    /// <returns>[N, C, H, W]; the caller disposes it.</returns>
    public static torch.Tensor Apply(torch.Tensor features, int groups)
    {
        using var scope = torch.NewDisposeScope();
        var shape = features.shape;
        return features.reshape(shape[0], groups, shape[1] / groups, shape[2], shape[3])
            .permute(0, 2, 1, 3, 4)
            .reshape(shape)
            .MoveToOuterDisposeScope();
    }
}
