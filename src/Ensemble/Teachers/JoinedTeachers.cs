using Ensemble.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Teachers;

/// <summary>Teachers of different kinds as one ensemble: networks that answer live, stored answers, answers from files.</summary>
public sealed class JoinedTeachers : ITeacher
{
    private readonly IReadOnlyList<ITeacher> _parts;

    /// <param name="parts">At least one, all of the same classes; their members follow one another. The caller owns them.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public JoinedTeachers(IReadOnlyList<ITeacher> parts) =>
        _parts = parts.Count > 0 ? [.. parts] : throw new ArgumentException("needs at least one part", nameof(parts));

    /// <inheritdoc/>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <inheritdoc/>
    public torch.Tensor Logits(Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        return torch.cat([.. _parts.Select(part => part.Logits(batch))]).MoveToOuterDisposeScope();
    }
}
