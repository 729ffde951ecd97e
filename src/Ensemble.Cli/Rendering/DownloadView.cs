using Ensemble.Data.Downloads;
using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>Shows how far a download is: one line that is drawn again on a terminal; elsewhere a line at every new stage,
/// and at most one a second.</summary>
internal sealed class DownloadView : IProgress<DownloadProgress>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Action<string> _write;
    private readonly TimeProvider _clock;
    private (string File, DownloadStage Stage)? _last;
    private long _lastTimestamp;

    private DownloadView(Action<string> write, TimeProvider clock)
    {
        _write = write;
        _clock = clock;
    }

    /// <summary>Shows what a download tells, until it ends in whatever way.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="clock">Tells the seconds.</param>
    /// <param name="download">The download, done on this thread.</param>
    /// <typeparam name="T">What comes out.</typeparam>
    public static T Watch<T>(IAnsiConsole console, TimeProvider clock, Func<IProgress<DownloadProgress>, T> download) => console.IsLive()
        ? console.Status().Start("...", status => download(new DownloadView(text => status.Status(Markup.Escape(text)), clock)))
        : download(new DownloadView(console.WritePlainLine, clock));

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        lock (_lock)
        {
            var isNew = _last != (value.File, value.Stage);
            if (!isNew && value.Stage != DownloadStage.Retrying && _clock.GetElapsedTime(_lastTimestamp) < s_interval)
            {
                return;
            }

            _last = (value.File, value.Stage);
            _lastTimestamp = _clock.GetTimestamp();
            _write(Describe(value));
        }
    }

    private static string Describe(DownloadProgress progress)
    {
        var total = progress.TotalBytes is > 0 and { } bytes ? $" of {bytes / 1e6:N1} MB ({(double)progress.Bytes / bytes:0%})" : " MB";
        var detail = progress.Detail is null ? "" : $": {progress.Detail}";
        return $"{progress.Stage.ToString().ToLowerInvariant()} {progress.File}, {progress.Bytes / 1e6:N1}{total}{detail}";
    }
}
