namespace Ensemble.Training;

/// <summary>Which parameters the weight decay pulls at.</summary>
public enum WeightDecayScope
{
    /// <summary>Weights of two or more dimensions; biases and the scales of norms are left alone.</summary>
    Weights,

    /// <summary>Every parameter, as in the CIFAR-100 benchmark.</summary>
    All,
}
