using System.Globalization;
using System.Text.RegularExpressions;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models.MobileNets;

/// <summary>MobileNetV2 (Sandler et al. 2018, arXiv 1801.04381), as the CIFAR benchmark has it: made for 32 pixels, expansion 6.</summary>
/// <remarks><c>mobilenetv2</c> is the benchmark's, of half the width; <c>mobilenetv2x1</c> has the paper's channels.</remarks>
public sealed partial class MobileNetFamily : IModelFamily
{
    private const double BenchmarkWidth = 0.5;

    /// <inheritdoc/>
    public string Pattern => "mobilenetv2[xWIDTH]";

    /// <inheritdoc/>
    public string Description => "MobileNetV2 for small images (Sandler et al. 2018); WIDTH is 0.5 unless given, as in the CIFAR benchmark";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["mobilenetv2"];

    /// <inheritdoc/>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount)
    {
        var match = NamePattern().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var width = match.Groups["width"] is { Success: true } group
            ? double.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : BenchmarkWidth;
        return width is >= 0.125 and <= 8 ? new MobileNetV2(width, input.Channels, classCount) : null;
    }

    [GeneratedRegex(@"^mobilenetv2(x(?<width>\d(\.\d{1,3})?))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
