using System.Globalization;
using Ensemble.Pipeline;
using Ensemble.Training;

namespace Ensemble.Experiments;

/// <summary>A training in a few lines.</summary>
/// <param name="tell">Takes a line.</param>
public sealed class ProgressLines(Action<string> tell) : IPipelineObserver
{
    private const int LinesATraining = 10;

    /// <inheritdoc/>
    public void DataRead(string dataset) => tell(dataset);

    /// <inheritdoc/>
    public void StageStarted(PipelineStage stage)
    {
    }

    /// <inheritdoc/>
    public void Training(PipelineStage stage, TrainingProgress progress)
    {
        if (progress.EndsEpoch && progress.Epoch % Math.Max(1, progress.Epochs / LinesATraining) == 0)
        {
            tell(string.Create(
                CultureInfo.InvariantCulture,
                $"{stage.Name}: epoch {progress.Epoch} of {progress.Epochs}, loss {progress.Loss:0.0000}, accuracy {progress.Accuracy:0.0%}, {progress.ImagesPerSecond:0} images/s, {progress.RemainingSeconds / 60:0} min left"));
        }
    }

    /// <inheritdoc/>
    public void StageFinished(PipelineStage stage, double seconds, bool wasDone) =>
        tell(string.Create(CultureInfo.InvariantCulture, $"{stage.Name} ({stage.Detail}): {(wasDone ? "was done" : $"{seconds:0} s")}"));
}
