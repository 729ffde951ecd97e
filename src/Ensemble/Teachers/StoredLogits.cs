using Ensemble.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Teachers;

/// <summary>One teacher's answers about every view of a transfer set, held in memory: for answers that no network gives.</summary>
public sealed class StoredLogits : ITeacher
{
    private readonly IReadOnlyList<ReadOnlyMemory<float>> _views;
    private readonly int _classCount;

    /// <summary>Holds answers.</summary>
    /// <param name="views">For each view, [N, classes] float32 logits or log-probabilities, row-major; at least one view.</param>
    /// <param name="classCount">Columns, at least 1.</param>
    /// <exception cref="ArgumentException">There is no view, or one is no whole rows or of another length.</exception>
    public StoredLogits(IReadOnlyList<ReadOnlyMemory<float>> views, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (views.Count == 0 || views.Any(view => view.Length != views[0].Length || view.Length % classCount != 0))
        {
            throw new ArgumentException($"must be at least one view, each of the same number of rows of {classCount} classes", nameof(views));
        }

        (_views, _classCount) = (views, classCount);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch is of no view that is held.</exception>
    public torch.Tensor Logits(Batch batch)
    {
        if (batch.View is not { } view || view >= _views.Count)
        {
            throw new ArgumentException($"the batch shows view {batch.View?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}; views 0 to {_views.Count - 1} are held", nameof(batch));
        }

        var rows = new float[batch.Count * _classCount];
        for (var row = 0; row < batch.Count; row++)
        {
            _views[view].Slice(batch.Indices.Span[row] * _classCount, _classCount).Span.CopyTo(rows.AsSpan(row * _classCount));
        }

        return torch.tensor(rows, [1, batch.Count, _classCount], device: batch.Images.device);
    }
}
