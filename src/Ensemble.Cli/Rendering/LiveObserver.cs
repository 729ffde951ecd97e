using Ensemble.Export;
using Ensemble.Pipeline;
using Ensemble.Training;
using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>Shows a run as bars, one a stage; those of finished stages stay, or leave a line where they would be many.</summary>
internal sealed class LiveObserver : IPipelineObserver
{
    // The longest name of a stage, the percentage and the longest details, with the gaps between them.
    private const int WidthOfOthers = 68;
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(250);

    private readonly ProgressContext _progress;
    private readonly IAnsiConsole _console;
    private readonly DetailsColumn _details;
    private readonly Dictionary<int, ProgressTask> _bars = [];
    private readonly Dictionary<int, string> _measures = [];

    private readonly bool _hidesFinished;

    private LiveObserver(ProgressContext progress, IAnsiConsole console, DetailsColumn details, bool hidesFinished)
    {
        _hidesFinished = hidesFinished;
        _progress = progress;
        _console = console;
        _details = details;
    }

    /// <summary>Shows what a run tells, until it ends in whatever way.</summary>
    /// <param name="console">An interactive terminal.</param>
    /// <param name="run">The run, done on this thread.</param>
    /// <param name="hidesFinished">Whether a finished stage leaves a line, and its bar goes.</param>
    /// <typeparam name="T">What comes out.</typeparam>
    public static T Watch<T>(IAnsiConsole console, Func<IPipelineObserver, T> run, bool hidesFinished = false)
    {
        var details = new DetailsColumn();
        var bar = new ProgressBarColumn { Width = Math.Clamp(console.Profile.Width - WidthOfOthers, 4, 40) };
        var progress = console.Progress().AutoClear(false).HideCompleted(hidesFinished)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, bar, new PercentageColumn(), details);
        progress.RefreshRate = RefreshInterval;
        return progress.Start(context => run(new LiveObserver(context, console, details, hidesFinished)));
    }

    /// <inheritdoc/>
    public void DataRead(string dataset) => _console.WriteParagraph(dataset);

    /// <inheritdoc/>
    public void StageStarted(PipelineStage stage)
    {
        var bar = _progress.AddTask(Markup.Escape(stage.Name), autoStart: true);
        // Until a first report says how long it is; some stages have none.
        bar.IsIndeterminate = true;
        _bars.Add(stage.Index, bar);
        _details.Set(bar, stage.Detail);
    }

    /// <inheritdoc/>
    public void Training(PipelineStage stage, TrainingProgress progress)
    {
        var bar = _bars[stage.Index];
        bar.IsIndeterminate = false;
        bar.MaxValue = progress.Steps;
        // A bar that is full counts as finished; the stage says itself when it is.
        bar.Value = Math.Min(progress.Step, progress.Steps - 0.5);
        _measures[stage.Index] = $"loss {progress.Loss:0.000}  acc {progress.Accuracy:0.0%}  {progress.ImagesPerSecond:0} img/s  ";
        _details.Set(bar, $"{_measures[stage.Index]}{Duration.Format(progress.RemainingSeconds)} left");
    }

    /// <inheritdoc/>
    public void StageFinished(PipelineStage stage, double seconds, bool wasDone)
    {
        var bar = _bars[stage.Index];
        bar.IsIndeterminate = false;
        bar.Value = bar.MaxValue;
        bar.StopTask();
        if (_hidesFinished && !wasDone)
        {
            _console.WriteParagraph($"{stage.Name}: done in {Duration.Format(seconds)}");
        }

        _details.Set(bar, wasDone ? "was done already" : $"{_measures.GetValueOrDefault(stage.Index)}in {Duration.Format(seconds)}");
    }

    /// <inheritdoc/>
    public void Exporting(PipelineStage stage, string activity) => _console.WriteParagraph($"{stage.Name}: {activity} ...");

    /// <inheritdoc/>
    public void Exported(PipelineStage stage, ExportReport report)
    {
        foreach (var line in ExportLines.Of(report))
        {
            _console.WriteParagraph(line);
        }
    }
}
