using System.Diagnostics;

namespace Ensemble.Pipeline;

/// <summary>Notes a stage's seconds after each view, so that they outlast a process that is killed as the view does.</summary>
/// <param name="folder">The stage's folder.</param>
internal sealed class ViewTimer(string folder) : IProgress<int>
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private double _noted;

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds => _watch.Elapsed.TotalSeconds;

    /// <summary>Notes what has passed since it was noted last.</summary>
    public void Note()
    {
        var seconds = Seconds;
        StageTimer.Add(folder, seconds - _noted);
        _noted = seconds;
    }

    /// <inheritdoc/>
    public void Report(int value) => Note();
}
