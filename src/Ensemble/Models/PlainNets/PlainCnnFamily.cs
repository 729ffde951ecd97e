using System.Globalization;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models.PlainNets;

/// <summary>Plain convolutional networks for the smallest students: <c>cnn-16-32-64</c> has 24,000 parameters.</summary>
public sealed class PlainCnnFamily : IModelFamily
{
    private const string Prefix = "cnn-";
    private const int MaximumChannels = 4096;
    private const int MaximumLayers = 32;

    /// <inheritdoc/>
    public string Pattern => "cnn-CHANNELS[-CHANNELS...]";

    /// <inheritdoc/>
    public string Description => "3x3 convolutions of these widths, each with batch norm, ReLU and a 2x2 max pool, for small students";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["cnn-16-32-64", "cnn-32-64-128"];

    /// <inheritdoc/>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var widths = name[Prefix.Length..].Split('-')
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var channels) ? channels : 0)
            .ToArray();
        var fits = widths.Length <= MaximumLayers && widths.All(channels => channels is >= 1 and <= MaximumChannels);
        return fits ? new PlainCnn(widths, input, classCount) : null;
    }
}
