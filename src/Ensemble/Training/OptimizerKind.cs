namespace Ensemble.Training;

/// <summary>Which optimiser takes the steps.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with Nesterov momentum (Sutskever et al. 2013).</summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101).</summary>
    AdamW,
}
