namespace Ensemble.Data;

/// <summary>Two disjoint sets of indices that together are all of a labelled set, each class in the same proportion in
/// both.</summary>
public sealed record StratifiedSplit
{
    private const string Purpose = "data/stratified-split";

    private StratifiedSplit(int[] kept, int[] held)
    {
        KeptIndices = kept;
        HeldIndices = held;
    }

    /// <summary>The indices that stay, ascending.</summary>
    public ReadOnlyMemory<int> KeptIndices { get; }

    /// <summary>The indices that were carved off, ascending.</summary>
    public ReadOnlyMemory<int> HeldIndices { get; }

    /// <summary>
    /// Carves a share off. Each class gives its proportional part, rounded by largest remainder (ties to the lower
    /// class), so that the sum is exact; no class gives its last image. Which images is drawn from (seed, class).
    /// </summary>
    /// <param name="labels">[N] class indices.</param>
    /// <param name="classCount">Classes; every label is below it.</param>
    /// <param name="heldCount">Images to carve off: at least 1, at most N less the number of classes that have an
    /// image.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <returns>The split: the same for the same arguments.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="heldCount"/> or a label is out of
    /// range.</exception>
    public static StratifiedSplit Create(ReadOnlySpan<int> labels, int classCount, int heldCount, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        var members = GroupByClass(labels, classCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(heldCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(heldCount, MaximumHeldCount(members));
        var quotas = AllotQuotas(members, heldCount, labels.Length);
        var held = new List<int>(heldCount);
        var kept = new List<int>(labels.Length - heldCount);
        for (var classIndex = 0; classIndex < classCount; classIndex++)
        {
            var order = members[classIndex].ToArray();
            new RandomStream(seed, Purpose, sample: (ulong)classIndex).Shuffle(order);
            held.AddRange(order[..quotas[classIndex]]);
            kept.AddRange(order[quotas[classIndex]..]);
        }

        held.Sort();
        kept.Sort();
        return new StratifiedSplit([.. kept], [.. held]);
    }

    /// <summary>The most images that can be carved off: all but one of each class that has any.</summary>
    /// <param name="dataset">The set to carve.</param>
    /// <returns>0 when every class has at most one image.</returns>
    public static int MaximumHeldCount(ImageDataset dataset) =>
        MaximumHeldCount(GroupByClass(dataset.Labels.Span, dataset.ClassCount));

    private static int MaximumHeldCount(List<int>[] members) => members.Sum(indices => Math.Max(indices.Count - 1, 0));

    private static List<int>[] GroupByClass(ReadOnlySpan<int> labels, int classCount)
    {
        var members = new List<int>[classCount];
        for (var classIndex = 0; classIndex < classCount; classIndex++)
        {
            members[classIndex] = [];
        }

        for (var index = 0; index < labels.Length; index++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(labels[index], nameof(labels));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(labels[index], classCount, nameof(labels));
            members[labels[index]].Add(index);
        }

        return members;
    }

    private static int[] AllotQuotas(List<int>[] members, int heldCount, int total)
    {
        var quotas = new int[members.Length];
        for (var classIndex = 0; classIndex < members.Length; classIndex++)
        {
            quotas[classIndex] = (int)((long)members[classIndex].Count * heldCount / total);
        }

        var byRemainder = Enumerable.Range(0, members.Length)
            .OrderByDescending(classIndex => (long)members[classIndex].Count * heldCount % total)
            .ThenBy(classIndex => classIndex)
            .ToArray();
        var missing = heldCount - quotas.Sum();
        // More than one pass is needed only where classes reach their last image; the caller checked that enough is
        // left.
        while (missing > 0)
        {
            foreach (var classIndex in byRemainder)
            {
                if (missing > 0 && quotas[classIndex] < members[classIndex].Count - 1)
                {
                    quotas[classIndex]++;
                    missing--;
                }
            }
        }

        return quotas;
    }
}
