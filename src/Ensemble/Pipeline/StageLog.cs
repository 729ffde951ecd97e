using Ensemble.Runs;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>Hands a training's reports on, and writes one entry an epoch to the stage's logs.</summary>
internal sealed class StageLog : IProgress<TrainingProgress>
{
    private readonly PipelineStage _stage;
    private readonly IPipelineObserver _observer;
    private readonly MetricsLog _metrics;
    private readonly TensorBoardLog _events;
    private bool _isBegun;

    /// <param name="stage">The stage.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="clock">Dates the events.</param>
    public StageLog(PipelineStage stage, string folder, IPipelineObserver observer, TimeProvider clock)
    {
        _stage = stage;
        _observer = observer;
        _metrics = new MetricsLog(Path.Combine(folder, MetricsLog.FileName));
        _events = new TensorBoardLog(Path.Combine(folder, TensorBoardLog.FileName), clock);
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        Begin(value);
        _observer.Training(_stage, value);
        if (!value.EndsEpoch)
        {
            return;
        }

        var entry = new MetricsEntry
        {
            Epoch = value.Epoch,
            Step = value.Step,
            Losses = new Dictionary<string, double>(value.Losses),
            Accuracy = value.Accuracy,
            LearningRate = value.LearningRate,
            ImagesPerSecond = value.ImagesPerSecond,
            Seconds = value.ElapsedSeconds,
        };
        _metrics.Append(entry);
        _events.Append(entry);
    }

    // What a killed process wrote of epochs that this one does again is taken back before the first report.
    private void Begin(TrainingProgress first)
    {
        if (_isBegun)
        {
            return;
        }

        _isBegun = true;
        _metrics.TruncateAfter(first.EndsEpoch ? first.Epoch - 1 : first.Epoch);
        _events.Rewrite(File.Exists(_metrics.Path) ? _metrics.Read() : []);
    }
}
