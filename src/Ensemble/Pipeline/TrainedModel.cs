using Ensemble.Runs;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>A trained network with what the results tell of it.</summary>
internal sealed record TrainedModel
{
    /// <summary>Its name in the results.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public required ModelRole Role { get; init; }

    /// <summary>The architecture, as registered.</summary>
    public required string Architecture { get; init; }

    /// <summary>Trainable numbers.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiplications with addition for one image.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>The weights' file, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Seconds that its training took, here or elsewhere; 0 where nobody knows.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>The SHA-256 of the weights' file.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>The network, on the device; see <see cref="IsOwned"/>.</summary>
    public required torch.nn.Module<torch.Tensor, torch.Tensor> Network { get; init; }

    /// <summary>Whether whoever asked for this disposes the network, and the run paid for its training.</summary>
    public required bool IsOwned { get; init; }
}
