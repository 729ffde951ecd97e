using System.Globalization;

namespace Ensemble.Data;

/// <summary>One of several parts into which what a stage answers is cut by samples, so that machines can share the work.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Count">How many there are.</param>
public sealed record SampleShard(int Number, int Count)
{
    /// <summary>The most parts.</summary>
    public const int MaximumCount = 10_000;

    private const string FolderWord = "-of-";

    /// <summary>The name of its folder: <c>2-of-8</c>.</summary>
    public string FolderName => string.Create(CultureInfo.InvariantCulture, $"{Number}{FolderWord}{Count}");

    /// <summary>Reads what <see cref="ToString"/> gives.</summary>
    /// <param name="text">Such as <c>2/8</c>.</param>
    /// <returns>The shard; null where the text is none.</returns>
    public static SampleShard? TryParse(string text) => TryParse(text, "/");

    /// <summary>Reads what <see cref="FolderName"/> gives.</summary>
    /// <param name="name">Such as <c>2-of-8</c>.</param>
    /// <returns>The shard; null where the name is none's.</returns>
    internal static SampleShard? TryParseFolder(string name) => TryParse(name, FolderWord) is { } shard && shard.FolderName == name ? shard : null;

    /// <summary>Whether it is one of 1 to N, and N at most <see cref="MaximumCount"/>.</summary>
    internal bool IsSound => Count is >= 1 and <= MaximumCount && Number >= 1 && Number <= Count;

    /// <summary>Its samples. Bounds lie between batches, so that every sample is answered in the batch that it is in without shards.</summary>
    /// <param name="samples">Samples in all.</param>
    /// <param name="batchSize">Samples that are answered at once.</param>
    /// <returns>The first sample, and how many; none where there are more shards than batches.</returns>
    public SampleRange RangeOf(int samples, int batchSize)
    {
        var batches = ((long)samples + batchSize - 1) / batchSize;
        var first = Math.Min(samples, batches * (Number - 1) / Count * batchSize);
        var end = Math.Min(samples, batches * Number / Count * batchSize);
        return new SampleRange { First = (int)first, Count = (int)(end - first) };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static SampleShard? TryParse(string text, string between)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(between);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && new SampleShard(number, count) is { IsSound: true } shard
                ? shard
                : null;
    }
}
