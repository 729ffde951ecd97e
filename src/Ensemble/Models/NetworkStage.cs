using TorchSharp;

namespace Ensemble.Models;

/// <summary>A part of a network whose output is a map worth comparing.</summary>
/// <param name="Name">Its name in the state_dict.</param>
/// <param name="Module">The part; the network owns it.</param>
public sealed record NetworkStage(string Name, torch.nn.Module<torch.Tensor, torch.Tensor> Module);
