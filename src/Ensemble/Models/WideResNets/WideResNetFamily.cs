using System.Globalization;
using System.Text.RegularExpressions;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models.WideResNets;

/// <summary>The wide residual networks (Zagoruyko &amp; Komodakis 2016, arXiv 1605.07146), without dropout.</summary>
/// <remarks><c>wrn_D_W</c> has D = 6n + 4 layers: n blocks at each of 16 W, 32 W and 64 W channels.</remarks>
public sealed partial class WideResNetFamily : IModelFamily
{
    private const int MaximumDepth = 1000;
    private const int MaximumWidth = 32;

    /// <inheritdoc/>
    public string Pattern => "wrn_DEPTH_WIDTH, DEPTH = 6n + 4";

    /// <inheritdoc/>
    public string Description => "wide residual networks (Zagoruyko & Komodakis 2016), widths 16, 32, 64 times WIDTH";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["wrn_16_1", "wrn_16_2", "wrn_40_1", "wrn_40_2", "wrn_28_10"];

    /// <inheritdoc/>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount)
    {
        var match = NamePattern().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var depth = int.Parse(match.Groups["depth"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var width = int.Parse(match.Groups["width"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var fits = depth is >= 10 and <= MaximumDepth && (depth - 4) % 6 == 0 && width is >= 1 and <= MaximumWidth;
        return fits ? new WideResNet((depth - 4) / 6, width, input.Channels, classCount) : null;
    }

    [GeneratedRegex(@"^wrn_(?<depth>\d{1,4})_(?<width>\d{1,2})$", RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
