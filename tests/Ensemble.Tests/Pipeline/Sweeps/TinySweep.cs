using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Training;

namespace Ensemble.Tests.Pipeline.Sweeps;

/// <summary>Two teachers, two students at two temperatures under two seeds: eight runs in a few seconds.</summary>
internal static class TinySweep
{
    public static SweepRecipe Recipe { get; } = new()
    {
        Dataset = "quadrants",
        Teacher = "mlp-16",
        TeacherCount = 2,
        TeacherTraining = Training(3) with { Views = new ViewOptions() },
        Students = [Student("mlp-8"), Student("mlp-4")],
        Temperatures = [1, 4.5],
        Seeds = [1, 2],
        Seed = 3,
        Device = "cpu",
    };

    public static SweepPipeline Pipeline { get; } = new(
        new DatasetRegistry().Add(new QuadrantsProvider()), ModelRegistry.CreateDefault(), ObjectiveRegistry.CreateDefault(), TimeProvider.System);

    public static SweepStudent Student(string architecture) => new() { Architecture = architecture, Training = Training(3) };

    public static SweepResults Run(SweepRecipe recipe, string folder, RecordingObserver observer, CancellationToken? cancellationToken = null) =>
        Pipeline.Run(recipe, folder, TinyRun.Settings, observer, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>The stages that were done, not found done, without what comes before their names.</summary>
    public static string[] Done(RecordingObserver observer) =>
        [.. observer.Finished.Where(stage => !stage.WasDone).Select(stage => stage.Stage.Name.Split(' ', 2) is [var cell, var name] && cell.Contains("-s", StringComparison.Ordinal) ? name : stage.Stage.Name)];

    private static TrainingOptions Training(int epochs) => TinyRun.Recipe.StudentTraining with
    {
        Epochs = epochs,
        LearningRate = 0.05,
        Views = new ViewOptions { Count = 2 },
    };
}
