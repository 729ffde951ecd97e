namespace Ensemble.Models;

/// <summary>A network with a layer that has no form as a graph, so that it cannot leave as a file of operations.</summary>
public sealed class UnsupportedLayerException : EnsembleException
{
    /// <summary>Creates the fault.</summary>
    /// <param name="layer">The layer's type, with the setting that is at fault where it is one.</param>
    public UnsupportedLayerException(string layer)
        : base($"{layer}: expected a layer that can be written as a graph of operations, found none known; give the network a lowering (IGraphSource), or choose another architecture")
        => Layer = layer;

    /// <summary>The layer's type, with the setting that is at fault where it is one.</summary>
    public string Layer { get; }
}
