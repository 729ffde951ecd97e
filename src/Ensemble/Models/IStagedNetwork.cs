namespace Ensemble.Models;

/// <summary>A network whose inner maps can be looked at: it is made of stages, each at one resolution as a rule.</summary>
public interface IStagedNetwork
{
    /// <summary>The stages from the image to the answer, at least one; the output of each is a map [B, C, H, W].</summary>
    /// <remarks>Where the network applies an activation in place to a stage's output, the map is that of behind it.</remarks>
    IReadOnlyList<NetworkStage> Stages { get; }
}
