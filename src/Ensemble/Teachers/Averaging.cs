namespace Ensemble.Teachers;

/// <summary>How the answers of an ensemble's members become one (Hinton, Vinyals and Dean 2015, section 3).</summary>
public enum Averaging
{
    /// <summary>The mean of the members' probabilities.</summary>
    Arithmetic,

    /// <summary>The geometric mean of the members' probabilities, renormalised: the softmax of the mean of their logits.</summary>
    Geometric,

    /// <summary>The mean of the members' probabilities with weights fitted on validation data: <see cref="FittedWeights"/>.</summary>
    Fitted,
}
