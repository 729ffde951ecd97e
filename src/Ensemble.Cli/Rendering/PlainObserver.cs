using Ensemble.Export;
using Ensemble.Pipeline;
using Ensemble.Training;
using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>Tells a run in lines that a log can hold: at most one an epoch.</summary>
/// <param name="console">Where to.</param>
internal sealed class PlainObserver(IAnsiConsole console) : IPipelineObserver
{
    /// <inheritdoc/>
    public void DataRead(string dataset) => console.WritePlainLine(dataset);

    /// <inheritdoc/>
    public void StageStarted(PipelineStage stage) => console.WritePlainLine($"{Label(stage)} ({stage.Detail})");

    /// <inheritdoc/>
    public void Training(PipelineStage stage, TrainingProgress progress)
    {
        if (progress.EndsEpoch)
        {
            console.WritePlainLine(
                $"{Label(stage)}: epoch {progress.Epoch} of {progress.Epochs}, loss {progress.Loss:0.0000}, accuracy {progress.Accuracy:0.0%}, " +
                $"{progress.ImagesPerSecond:0} images/s, {Duration.Format(progress.RemainingSeconds)} left");
        }
    }

    /// <inheritdoc/>
    public void StageFinished(PipelineStage stage, double seconds, bool wasDone) =>
        console.WritePlainLine(wasDone ? $"{Label(stage)}: was done already" : $"{Label(stage)}: done in {Duration.Format(seconds)}");

    /// <inheritdoc/>
    public void Exporting(PipelineStage stage, string activity) => console.WritePlainLine($"{Label(stage)}: {activity} ...");

    /// <inheritdoc/>
    public void Exported(PipelineStage stage, ExportReport report)
    {
        foreach (var line in ExportLines.Of(report))
        {
            console.WritePlainLine(line);
        }
    }

    private static string Label(PipelineStage stage) => $"[{stage.Index + 1}/{stage.Count}] {stage.Name}";
}
