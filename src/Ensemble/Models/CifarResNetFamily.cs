using System.Globalization;
using System.Text.RegularExpressions;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models;

/// <summary>The residual networks for small images (He et al. 2015, arXiv 1512.03385, section 4.2), as the CIFAR-100 benchmark has them.</summary>
/// <remarks>
/// <c>resnetD</c> has D = 6n + 2 layers: n blocks at each of 16, 32 and 64 channels. <c>xW</c> multiplies the channels of the
/// blocks; the first convolution then has 8 W of them, as in the benchmark's resnet8x4 and resnet32x4.
/// </remarks>
public sealed partial class CifarResNetFamily : IModelFamily
{
    private const int MaximumDepth = 1202;

    /// <inheritdoc/>
    public string Pattern => "resnetDEPTH[xWIDTH], DEPTH = 6n + 2";

    /// <inheritdoc/>
    public string Description => "residual networks for small images (He et al. 2015), widths 16, 32, 64 times WIDTH";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
        ["resnet8", "resnet14", "resnet20", "resnet32", "resnet44", "resnet56", "resnet110", "resnet8x4", "resnet32x4"];

    /// <inheritdoc/>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount)
    {
        var match = NamePattern().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var depth = int.Parse(match.Groups["depth"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var width = match.Groups["width"] is { Success: true } group
            ? double.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 1;
        var fits = depth is >= 8 and <= MaximumDepth && (depth - 2) % 6 == 0 && width is >= 0.125 and <= 32;
        return fits ? new CifarResNet((depth - 2) / 6, width, input.Channels, classCount) : null;
    }

    [GeneratedRegex(@"^resnet(?<depth>\d{1,4})(x(?<width>\d{1,2}(\.\d{1,3})?))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
