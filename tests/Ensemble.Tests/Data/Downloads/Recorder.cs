using System.Collections.Concurrent;
using Ensemble.Data.Downloads;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>Keeps what a download reports, in order, and may act on it at once.</summary>
internal sealed class Recorder(Action<DownloadProgress>? onReport = null) : IProgress<DownloadProgress>
{
    private readonly ConcurrentQueue<DownloadProgress> _reports = new();

    public IReadOnlyList<DownloadProgress> Reports => [.. _reports];

    public void Report(DownloadProgress value)
    {
        _reports.Enqueue(value);
        onReport?.Invoke(value);
    }
}
