using System.Globalization;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models;

/// <summary>Fully connected networks: <c>mlp-800-800</c> and <c>mlp-1200-1200-dropout</c> are the paper's small and large net on MNIST.</summary>
public sealed class MlpFamily : IModelFamily
{
    private const string Prefix = "mlp-";
    private const string DropoutSuffix = "-dropout";
    private const int MaximumUnits = 65_536;

    /// <inheritdoc/>
    public string Pattern => "mlp-UNITS[-UNITS...][-dropout]";

    /// <inheritdoc/>
    public string Description => "fully connected ReLU layers of these widths (the paper's MNIST nets); dropout of 0.2 on the inputs and 0.5 on the hidden layers";

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["mlp-1200-1200-dropout", "mlp-1200-1200", "mlp-800-800", "mlp-300-300", "mlp-30-30"];

    /// <inheritdoc/>
    public bool HasStages => false;

    /// <inheritdoc/>
    public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var layers = name[Prefix.Length..];
        var dropout = layers.EndsWith(DropoutSuffix, StringComparison.Ordinal);
        var widths = (dropout ? layers[..^DropoutSuffix.Length] : layers).Split('-')
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var units) ? units : 0)
            .ToArray();
        return widths.All(units => units is >= 1 and <= MaximumUnits) ? new Mlp(input.ValueCount, widths, dropout, classCount) : null;
    }
}
