using System.Globalization;
using System.Text.RegularExpressions;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models.AirbenchNets;

/// <summary>The network of airbench94 (Jordan 2024, arXiv 2404.00498), which learns CIFAR-10 to 94% in ten epochs.</summary>
/// <remarks>
/// Its first convolution is computed from training images before the first step (<see cref="IDataInitialised"/>) and not
/// trained; until then it is random. Weight names as in airbench94_muon.py.
/// </remarks>
public sealed partial class AirbenchFamily : IModelFamily
{
    // A 2x2 convolution without padding and three pools must leave one pixel.
    private const int MinimumSide = 9;

    /// <inheritdoc/>
    public string Pattern => "airbench[xWIDTH]";

    /// <inheritdoc/>
    public string Description => "the network of airbench94 (Jordan 2024), made to be trained fast; widths 64, 256, 256 times WIDTH";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["airbench", "airbenchx0.25"];

    /// <inheritdoc/>
    /// <exception cref="ImageShapeFaultException">The images have fewer than 9 rows or columns.</exception>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount)
    {
        var match = NamePattern().Match(name);
        if (!match.Success)
        {
            return null;
        }

        var width = match.Groups["width"] is { Success: true } group
            ? double.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 1;
        if (width is < 0.0625 or > 16)
        {
            return null;
        }

        ImageShapeFaultException.ThrowIfSmaller(name, MinimumSide, input, "choose another architecture, such as resnet20");
        return new AirbenchNet(width, input.Channels, classCount);
    }

    [GeneratedRegex(@"^airbench(x(?<width>\d{1,2}(\.\d{1,4})?))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
