namespace Ensemble.Data.Downloads;

/// <summary>What an archive may unpack to at most: more is a bomb, and refused.</summary>
public sealed record UnpackLimits
{
    /// <summary>Bytes of all files together. Default 16 GiB; at least 1.</summary>
    public long TotalBytes { get; init; } = 16L << 30;

    /// <summary>Bytes of one file. Default 8 GiB; at least 1.</summary>
    public long FileBytes { get; init; } = 8L << 30;

    /// <summary>Files and folders. Default a million; at least 1.</summary>
    public int Entries { get; init; } = 1_000_000;

    /// <summary>
    /// Times the archive's own length that the files may come to, once they pass <see cref="RatioFreeBytes"/>. Default
    /// 200; at least 1. Images pack about twofold, labels about tenfold; deflate's most is 1032.
    /// </summary>
    public int Ratio { get; init; } = 200;

    /// <summary>Bytes up to which <see cref="Ratio"/> does not matter. Default 64 MiB; at least 0.</summary>
    public long RatioFreeBytes { get; init; } = 64L << 20;

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        foreach (var (value, minimum, name) in new[]
        {
            (TotalBytes, 1, nameof(TotalBytes)), (FileBytes, 1, nameof(FileBytes)), (Entries, 1, nameof(Entries)),
            (Ratio, 1, nameof(Ratio)), (RatioFreeBytes, 0, nameof(RatioFreeBytes)),
        })
        {
            if (value < minimum)
            {
                faults.Add($"{name} must be at least {minimum}, is {value}");
            }
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(UnpackLimits)}: {string.Join("; ", faults)}");
        }
    }

    /// <summary>The bytes that an archive of some length may come to.</summary>
    internal long BytesFor(long archiveBytes) =>
        Math.Min(TotalBytes, Math.Max(RatioFreeBytes, (long)Int128.Min((Int128)archiveBytes * Ratio, long.MaxValue)));
}
