using Ensemble.Training;

namespace Ensemble.Tests.Training;

/// <summary>Keeps every report, and runs an action on the trainer's thread.</summary>
internal sealed class SynchronousProgress(Action<TrainingProgress>? action = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> Reports { get; } = [];

    public void Report(TrainingProgress value)
    {
        Reports.Add(value);
        action?.Invoke(value);
    }
}
