namespace Ensemble.Data;

/// <summary>The batches of a training run: batch b of epoch e is a pure function of the seeds, e and b.</summary>
public sealed class BatchSequence
{
    private readonly ResidentDataset _dataset;
    private readonly int _batchSize;
    private readonly ulong _seed;
    private readonly ViewOptions _views;

    /// <param name="dataset">The images; the caller owns them.</param>
    /// <param name="batchSize">
    /// Images in a batch, at least 1; the last batch of an epoch may be shorter. A last image that would be alone joins the
    /// batch before it: batch norms can make nothing of one image.
    /// </param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="views">Which views of the images an epoch shows.</param>
    public BatchSequence(ResidentDataset dataset, int batchSize, ulong seed, ViewOptions views)
    {
        views.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _dataset = dataset;
        _batchSize = batchSize;
        _seed = seed;
        _views = views;
    }

    /// <summary>Batches in an epoch.</summary>
    public int BatchesPerEpoch => JoinsLastImage ? _dataset.Count / _batchSize : (_dataset.Count + _batchSize - 1) / _batchSize;

    private bool JoinsLastImage => _batchSize > 1 && _dataset.Count > _batchSize && _dataset.Count % _batchSize == 1;

    /// <summary>The batches of an epoch in order, each image once, from some batch on.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="firstBatch">The first batch to give, from 0.</param>
    /// <returns>Batches that the caller disposes one by one.</returns>
    public IEnumerable<Batch> Epoch(int epoch, int firstBatch = 0)
    {
        // Here and not in the iterator, which would throw at the first batch only.
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        return Batches(epoch, firstBatch);
    }

    private IEnumerable<Batch> Batches(int epoch, int firstBatch)
    {
        var order = new RandomStream(_seed, "data/order", (ulong)epoch).Permutation(_dataset.Count);
        for (var batch = firstBatch; batch < BatchesPerEpoch; batch++)
        {
            var first = batch * _batchSize;
            var count = batch == BatchesPerEpoch - 1 ? _dataset.Count - first : _batchSize;
            yield return _dataset.GatherViews(order.AsSpan(first, count), _views.Seed, _views.ViewOf(epoch));
        }
    }
}
