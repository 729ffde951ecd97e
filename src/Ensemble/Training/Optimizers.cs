using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Training;

/// <summary>Makes the optimiser that the options ask for.</summary>
internal static class Optimizers
{
    /// <summary>An optimiser over the parameters that learn: those that decay in one group, the others in another.</summary>
    /// <param name="parameters">Parameters; frozen ones are passed over, and at least one learns.</param>
    /// <param name="options">How it steps.</param>
    /// <returns>The optimiser; the caller disposes it.</returns>
    public static torch.optim.Optimizer Create(IEnumerable<Parameter> parameters, TrainingOptions options)
    {
        var groups = parameters.Where(parameter => parameter.requires_grad)
            .GroupBy(parameter => options.DecayedParameters == WeightDecayScope.All || parameter.dim() >= 2)
            .OrderByDescending(group => group.Key)
            .Select(group => (Parameters: group.ToArray(), Decay: group.Key ? options.WeightDecay : 0))
            .ToArray();
        return options.Optimizer switch
        {
            OptimizerKind.AdamW => torch.optim.AdamW(
                groups.Select(group => new AdamW.ParamGroup(group.Parameters, options.LearningRate, options.Momentum, weight_decay: group.Decay)),
                options.LearningRate,
                options.Momentum),
            _ => torch.optim.SGD(
                groups.Select(group => new SGD.ParamGroup(
                    group.Parameters, options.LearningRate, options.Momentum, weight_decay: group.Decay, nesterov: options.Momentum > 0)),
                options.LearningRate,
                options.Momentum,
                nesterov: options.Momentum > 0),
        };
    }

    /// <summary>Sets the learning rate of every group.</summary>
    public static void SetLearningRate(torch.optim.Optimizer optimizer, double learningRate)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = learningRate;
        }
    }
}
