using Ensemble.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>A teacher that somebody else owns: whoever disposes what it opens does not dispose this.</summary>
/// <param name="owner">The teacher.</param>
internal sealed class BorrowedTeacher(ITeacher owner) : ITeacher
{
    /// <inheritdoc/>
    public IReadOnlyList<double>? Weights => owner.Weights;

    /// <inheritdoc/>
    public torch.Tensor Logits(Batch batch) => owner.Logits(batch);
}
