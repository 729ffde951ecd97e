namespace TorchSharp.Modules;

/// <summary>The parameters of a group that have a gradient now, in three arrays of the same length.</summary>
internal sealed record Batch<TState>(torch.Tensor[] Parameters, torch.Tensor[] Gradients, TState[] States)
{
    /// <summary>One batch for each value of the key: in nearly every step that is this batch.</summary>
    public IEnumerable<Batch<TState>> SplitBy(Func<TState, long> key)
    {
        if (States.Length == 0) return [];
        var first = key(States[0]);
        if (Array.TrueForAll(States, state => key(state) == first)) return [this];
        return Enumerable.Range(0, States.Length).GroupBy(k => key(States[k])).Select(rows => Pick([.. rows]));
    }

    private Batch<TState> Pick(int[] rows) =>
        new([.. rows.Select(k => Parameters[k])], [.. rows.Select(k => Gradients[k])], [.. rows.Select(k => States[k])]);
}
