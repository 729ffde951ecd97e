using Ensemble.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Tests.Training;

/// <summary>Data sets that a network learns in a blink.</summary>
internal static class TinySets
{
    /// <summary>Two classes, told apart by which half of a 4x4 image is bright.</summary>
    public static ImageDataset Halves(int count = 40)
    {
        var shape = new ImageShape(1, 4, 4);
        var noise = HashedValues.Uniform(60, count * shape.ValueCount);
        var pixels = new byte[noise.Length];
        for (var index = 0; index < pixels.Length; index++)
        {
            var (image, top) = (index / 16, index % 16 < 8);
            pixels[index] = (byte)((noise[index] * 100) + (top == (image % 2 == 0) ? 150 : 0));
        }

        return new ImageDataset(shape, pixels, Enumerable.Range(0, count).Select(index => index % 2).ToArray(), ["top", "bottom"], "halves");
    }

    /// <summary>The images of training.json.</summary>
    public static ImageDataset Of(TrainingCase twin)
    {
        var shape = new ImageShape(twin.Channels, twin.Side, twin.Side);
        byte[] pixels = [.. HashedValues.Uniform(800, twin.Count * shape.ValueCount).Select(value => (byte)(value * 256))];
        var labels = Enumerable.Range(0, twin.Count).Select(index => index % twin.Classes).ToArray();
        return new ImageDataset(shape, pixels, labels, ["a", "b", "c"], "twin");
    }

    /// <summary>The normalisation of training.json.</summary>
    public static ChannelStatistics Normalisation(int channels) => new()
    {
        Mean = [.. Enumerable.Range(0, channels).Select(channel => 0.4 + (0.1 * channel))],
        StandardDeviation = [.. Enumerable.Range(0, channels).Select(channel => 0.25 + (0.05 * channel))],
    };

    /// <summary>The trainer, until the test is cancelled.</summary>
    public static double Train(
        torch.nn.Module<torch.Tensor, torch.Tensor> network,
        ResidentDataset data,
        IObjective objective,
        ITeacher? teacher,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null) =>
        Trainer.Train(network, data, objective, teacher, options, progress, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>On the CPU, normalised by its own statistics.</summary>
    public static ResidentDataset Resident(ImageDataset dataset, AugmentationOptions? augmentation = null) =>
        new(dataset, ChannelStatistics.Measure(dataset), augmentation ?? AugmentationOptions.None, torch.CPU);
}
