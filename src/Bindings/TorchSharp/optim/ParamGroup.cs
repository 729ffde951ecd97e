using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Parameters that are trained with the same options.</summary>
public class ParamGroup : ILearningRateController
{
    private Parameter[] _parameters = [];

    /// <summary>The parameters; taken over as they are when set.</summary>
    public IEnumerable<Parameter> Parameters
    {
        get => _parameters;
        set => _parameters = value.ToArray();
    }

    /// <summary>The options; null until an optimiser takes the group, if none were given.</summary>
    public OptimizerOptions? Options { get; set; }

    /// <exception cref="InvalidOperationException">The group has no learning rate yet.</exception>
    public double LearningRate
    {
        get => Chosen.LearningRate ?? throw new InvalidOperationException("the group has no learning rate before an optimiser takes it");
        set => Chosen.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => Chosen.InitialLearningRate;
        set => Chosen.InitialLearningRate = value;
    }

    private OptimizerOptions Chosen => Options ?? throw new InvalidOperationException("the group has no options before an optimiser takes it");
}
