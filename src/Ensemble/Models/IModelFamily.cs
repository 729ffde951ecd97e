using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Models;

/// <summary>A family of networks that are found by name, such as <c>resnet20</c> or <c>mlp-800-800</c>.</summary>
/// <remarks>A new family is one file that implements this and one line in <see cref="ModelRegistry.CreateDefault"/>.</remarks>
public interface IModelFamily
{
    /// <summary>How the family's names are made, for a person, such as <c>mlp-UNITS[-UNITS...]</c>.</summary>
    string Pattern { get; }

    /// <summary>One line: what it is and where it was published.</summary>
    string Description { get; }

    /// <summary>Names worth listing.</summary>
    IReadOnlyList<string> Examples { get; }

    /// <summary>Whether the family's networks are <see cref="IStagedNetwork"/>s, as methods that compare inner maps need.</summary>
    bool HasStages => true;

    /// <summary>Builds a network with fresh weights, drawn from torch's default generator.</summary>
    /// <param name="name">The architecture's name, in lower case.</param>
    /// <param name="input">The images' shape.</param>
    /// <param name="classCount">The number of outputs, at least 2.</param>
    /// <returns>
    /// A module from [N, C, H, W] float32 normalised images to [N, classCount] float32 logits, which the caller disposes; or
    /// null when the name is not of this family.
    /// </returns>
    torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount);
}
