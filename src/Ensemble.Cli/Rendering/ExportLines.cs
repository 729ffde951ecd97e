using Ensemble.Export;

namespace Ensemble.Cli.Rendering;

/// <summary>What an export wrote, for a person.</summary>
internal static class ExportLines
{
    /// <summary>A line each.</summary>
    public static IEnumerable<string> Of(ExportReport report)
    {
        yield return $"written to {report.Folder}: {string.Join(", ", report.Files)}";
        if (report.Parity is not { } parity)
        {
            yield break;
        }

        yield return $"{parity.File}: {parity.ExportedBytes:N0} bytes, {(double)parity.OriginalBytes / parity.ExportedBytes:0.00} times smaller than the original's {parity.OriginalBytes:N0}";
        if (parity.Outcome == ParityOutcome.Unchecked)
        {
            yield return $"NOT CHECKED against the original: {parity.Reason}";
            yield break;
        }

        yield return $"checked by {parity.Runtime} on {parity.Images:N0} test images: the same class for {100 * parity.Agreement:0.00}%, {parity.Compared} at most {parity.LargestDifference:g3} apart";
        yield return $"accuracy {100 * parity.OriginalAccuracy:0.00}% -> {100 * parity.ExportedAccuracy:0.00}%, {parity.AccuracyLost:0.00} points lost";
        yield return $"ms a pass, original -> file: {parity.OriginalLatency.Batch1Milliseconds:0.00} -> {parity.ExportedLatency!.Batch1Milliseconds:0.00} for 1 image, {parity.OriginalLatency.Batch128Milliseconds:0.0} -> {parity.ExportedLatency.Batch128Milliseconds:0.0} for 128 (threads: {parity.Threads})";
    }
}
