namespace Ensemble.Data;

/// <summary>Some of the samples of a data set, one after another.</summary>
public sealed record SampleRange
{
    /// <summary>The first, from 0.</summary>
    public required int First { get; init; }

    /// <summary>How many; 0 for none.</summary>
    public required int Count { get; init; }

    /// <summary>The one after the last.</summary>
    internal int End => First + Count;

    /// <inheritdoc/>
    public override string ToString() => Count == 0 ? "no samples" : $"samples {First} to {End - 1}";
}
