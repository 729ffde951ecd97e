using System.Globalization;
using System.Text.RegularExpressions;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models.ResNets;

/// <summary>The residual networks of four stages (He et al. 2015, arXiv 1512.03385, table 1), for large and for small images.</summary>
/// <remarks>
/// <para>
/// <c>resnet50</c> is torchvision's, for images of 64 pixels or more; <c>cifar-resnet50</c> is what the CIFAR benchmark calls
/// ResNet50. Names are read without regard to case, so the two published names are one here; and 50 = 6 * 8 + 2 also fits
/// <see cref="CifarResNetFamily"/>, as 152 does. Hence: the five depths of table 1 are torchvision's whatever the images, which
/// is why this family is asked before that one, and smaller images are refused with the name that was meant, never given
/// another network in silence.
/// </para>
/// </remarks>
public sealed partial class ResNetFamily : IModelFamily
{
    private const int LargeSide = 64;
    private const int FirstBottleneckDepth = 50;

    /// <inheritdoc/>
    public string Pattern => "resnetDEPTH for large images, cifar-resnetDEPTH for small ones, DEPTH 18, 34, 50, 101 or 152";

    /// <inheritdoc/>
    public string Description =>
        "residual networks of four stages (He et al. 2015): torchvision's from 64 pixels on; cifar-resnet50 is the CIFAR benchmark's ResNet50";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["resnet18", "resnet34", "resnet50", "cifar-resnet18", "cifar-resnet50"];

    /// <inheritdoc/>
    /// <exception cref="ImageShapeFaultException">The network is for large images, and these have fewer than 64 rows or columns.</exception>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount)
    {
        var match = NamePattern().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var depth = int.Parse(match.Groups["depth"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        if (ResNetStages.Blocks(depth) is not { } blocks)
        {
            return null;
        }

        var bottlenecks = depth >= FirstBottleneckDepth;
        if (match.Groups["small"].Success)
        {
            return new SmallImageResNet(blocks, bottlenecks, input.Channels, classCount);
        }

        ImageShapeFaultException.ThrowIfSmaller(
            name, LargeSide, input, $"for small images choose cifar-{name}, which the CIFAR benchmark writes ResNet{depth}, or one of 6n + 2 layers such as resnet56");
        return new ImageNetResNet(blocks, bottlenecks, input.Channels, classCount);
    }

    [GeneratedRegex(@"^(?<small>cifar-)?resnet(?<depth>\d{2,3})$", RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
