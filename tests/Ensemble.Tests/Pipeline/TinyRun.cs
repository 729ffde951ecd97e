using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Training;

namespace Ensemble.Tests.Pipeline;

/// <summary>A run that takes about a second: 200 images of 8x8, two teachers of 8 layers.</summary>
internal static class TinyRun
{
    public static DistillationRecipe Recipe { get; } = new()
    {
        Dataset = "quadrants",
        Teacher = "resnet8x0.25",
        TeacherCount = 2,
        Student = "resnet8x0.125",
        TeacherTraining = Training(6),
        StudentTraining = Training(6) with { Augmentation = new AugmentationOptions { ShiftPixels = 1 } },
        Device = "cpu",
        Seed = 3,
    };

    public static DistillationPipeline Pipeline { get; } = Over(new QuadrantsProvider());

    public static DistillationPipeline Over(QuadrantsProvider provider) => new(
        new DatasetRegistry().Add(provider), ModelRegistry.CreateDefault(), ObjectiveRegistry.CreateDefault(), TimeProvider.System);

    public static RunSettings Settings { get; } = new() { CommandLine = ["test"] };

    public static ResultsFile Run(DistillationRecipe recipe, string folder, RecordingObserver observer, CancellationToken? cancellationToken = null) =>
        Pipeline.Run(recipe, folder, Settings, observer, cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>The SHA-256 of every trained network's weights, by folder.</summary>
    public static Dictionary<string, string> Weights(string folder) => Directory
        .EnumerateFiles(folder, ModelFile.WeightsName, SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, Path.GetDirectoryName(path)!).Replace('\\', '/'), FileChecksum.Sha256);

    private static TrainingOptions Training(int epochs) => new()
    {
        Epochs = epochs,
        BatchSize = 25,
        LearningRate = 0.1,
        Precision = Precision.Fp32,
    };
}
