using Ensemble.Export;
using Ensemble.Pipeline;
using Ensemble.Training;

namespace Ensemble.Tests.Pipeline;

/// <summary>Keeps what a run tells, and can act at a training report.</summary>
internal sealed class RecordingObserver(Action<PipelineStage, TrainingProgress>? onTraining = null) : IPipelineObserver
{
    public List<PipelineStage> Started { get; } = [];

    public List<(PipelineStage Stage, bool WasDone)> Finished { get; } = [];

    public List<ExportReport> Exports { get; } = [];

    public void DataRead(string dataset) => Assert.Contains("training", dataset, StringComparison.Ordinal);

    public void StageStarted(PipelineStage stage) => Started.Add(stage);

    public void Training(PipelineStage stage, TrainingProgress progress) => onTraining?.Invoke(stage, progress);

    public void StageFinished(PipelineStage stage, double seconds, bool wasDone) => Finished.Add((stage, wasDone));

    public void Exported(PipelineStage stage, ExportReport report) => Exports.Add(report);
}
