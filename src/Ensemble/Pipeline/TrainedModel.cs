using Ensemble.Runs;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>A trained network with its record; whoever made it disposes the network.</summary>
internal sealed record TrainedModel(StagePlan Plan, ModelRecord Record, torch.nn.Module<torch.Tensor, torch.Tensor> Network);
