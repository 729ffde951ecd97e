using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models.ShuffleNets;

/// <summary>
/// ShuffleNet (Zhang et al. 2017, arXiv 1707.01083) and ShuffleNetV2 (Ma et al. 2018, arXiv 1807.11164), as the CIFAR
/// benchmark has them: made for 32 pixels.
/// </summary>
/// <remarks>
/// The benchmark's names are ShuffleV1 and ShuffleV2; the papers' are known too. Unlike the papers', the first convolution is
/// 1x1 and nothing is pooled behind it; in version 1 a ReLU follows the 3x3 convolution.
/// </remarks>
public sealed class ShuffleNetFamily : IModelFamily
{
    /// <inheritdoc/>
    public string Pattern => "shufflev1, shufflev2 (shufflenetv1, shufflenetv2)";

    /// <inheritdoc/>
    public string Description => "ShuffleNet with 3 groups (Zhang et al. 2017) and ShuffleNetV2 (Ma et al. 2018), for small images";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["shufflev1", "shufflev2"];

    /// <inheritdoc/>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount) => name switch
    {
        "shufflev1" or "shufflenetv1" => new ShuffleV1(input.Channels, classCount),
        "shufflev2" or "shufflenetv2" => new ShuffleV2(input.Channels, classCount),
        _ => null,
    };
}
