using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models.VggNets;

/// <summary>The VGG networks for small images (Simonyan &amp; Zisserman 2014, arXiv 1409.1556), as the CIFAR benchmark has them.</summary>
/// <remarks>With batch norms, and one linear layer behind a global average pool instead of three.</remarks>
public sealed class VggFamily : IModelFamily
{
    // Three max pools halve the map, and the last block needs something of it.
    private const int MinimumSide = 8;

    // 3x3 convolutions at 64, 128, 256, 512 and 512 channels: the paper's A, B, D and E, and the benchmark's own S.
    private static readonly Dictionary<string, int[]> s_convolutions = new()
    {
        ["vgg8"] = [1, 1, 1, 1, 1],
        ["vgg11"] = [1, 1, 2, 2, 2],
        ["vgg13"] = [2, 2, 2, 2, 2],
        ["vgg16"] = [2, 2, 3, 3, 3],
        ["vgg19"] = [2, 2, 4, 4, 4],
    };

    /// <inheritdoc/>
    public string Pattern => "vgg8, vgg11, vgg13, vgg16, vgg19";

    /// <inheritdoc/>
    public string Description => "VGG with batch norm and one linear layer, for small images (Simonyan & Zisserman 2014)";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => [.. s_convolutions.Keys];

    /// <inheritdoc/>
    /// <exception cref="ImageShapeFaultException">The images have fewer than 8 rows or columns.</exception>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount)
    {
        if (!s_convolutions.TryGetValue(name, out var convolutions))
        {
            return null;
        }

        ImageShapeFaultException.ThrowIfSmaller(name, MinimumSide, input, "choose another architecture, such as resnet20");
        return new VggNet(convolutions, input.Channels, classCount);
    }
}
