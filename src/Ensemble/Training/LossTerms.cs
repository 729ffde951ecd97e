using TorchSharp;

namespace Ensemble.Training;

/// <summary>A loss as a sum of named terms, each weighted already.</summary>
public sealed class LossTerms
{
    private readonly (string Name, torch.Tensor Value)[] _terms;

    /// <param name="terms">At least one; each a scalar on the tape.</param>
    public LossTerms(params (string Name, torch.Tensor Value)[] terms)
    {
        if (terms.Length == 0)
        {
            throw new ArgumentException("a loss has at least one term", nameof(terms));
        }

        _terms = terms;
        Total = terms.Skip(1).Aggregate(terms[0].Value, (sum, term) => sum.add(term.Value));
    }

    /// <summary>The terms, in the objective's order.</summary>
    public IReadOnlyList<(string Name, torch.Tensor Value)> Terms => _terms;

    /// <summary>What is minimised: the sum of the terms.</summary>
    public torch.Tensor Total { get; }
}
