using Ensemble.Export;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>Watches a run, on the thread that does it.</summary>
public interface IPipelineObserver
{
    /// <summary>The data are read.</summary>
    /// <param name="dataset">Name, sizes and classes for a person, in one line.</param>
    void DataRead(string dataset);

    /// <summary>A stage begins.</summary>
    void StageStarted(PipelineStage stage);

    /// <summary>A network being trained is at a log step.</summary>
    void Training(PipelineStage stage, TrainingProgress progress);

    /// <summary>A stage is done.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="seconds">Seconds that it took; 0 when it was found done.</param>
    /// <param name="wasDone">Whether an earlier call had done it.</param>
    void StageFinished(PipelineStage stage, double seconds, bool wasDone);

    /// <summary>A student's export does something that takes time. Nobody need listen.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="activity">What it does, in one line.</param>
    void Exporting(PipelineStage stage, string activity)
    {
    }

    /// <summary>A student was exported. Nobody need listen.</summary>
    /// <param name="stage">The stage, which is finished.</param>
    /// <param name="report">What was written, and how it was found to answer.</param>
    void Exported(PipelineStage stage, ExportReport report)
    {
    }
}
