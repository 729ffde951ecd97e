using System.Diagnostics;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Tests.Data;

/// <summary>What a batch costs beside the training step that uses it.</summary>
[Collection(TensorTests.Name)]
public sealed class ViewCostTests
{
    private const int BatchSize = 128;

    private static readonly (string Name, AugmentationOptions Options)[] s_variations =
    [
        ("crop and flip", AugmentationOptions.CropAndFlip),
        ("with cutout", AugmentationOptions.CropAndFlip with { CutoutPixels = 16 }),
        ("with colour", AugmentationOptions.CropAndFlip with { Brightness = 0.4, Contrast = 0.4, Saturation = 0.4 }),
        ("with mixup", AugmentationOptions.CropAndFlip with { MixupAlpha = 1 }),
        ("with all", AugmentationOptions.CropAndFlip with { CutoutPixels = 16, Brightness = 0.4, Contrast = 0.4, Saturation = 0.4, MixupAlpha = 1 }),
    ];

    /// <summary>Under 5 % of a step of resnet20 at 128 images of 3x32x32, the requirement, on one thread each; the best of
    /// eight rounds taken in turn, so that other work on the machine meets all of them.</summary>
    [Fact]
    [Trait("Category", "Timing")]
    public void GatherViews_BesideAResnet20Step_CostsUnderFivePercent()
    {
        var dataset = ViewValues.Drawn(1024, 3, 32);
        var resident = Array.ConvertAll(s_variations, variation => new ResidentDataset(dataset, ChannelStatistics.Measure(dataset), variation.Options, torch.CPU));
        using var network = ModelRegistry.CreateDefault().Create("resnet20", dataset.Shape, 5, 1);
        ChannelsLast.ConvertWeights(network);
        using var optimizer = torch.optim.SGD(network.parameters(), 0.01, 0.9);
        int[] indices = [.. Enumerable.Range(0, BatchSize).Select(index => index * 7 % 1024)];
        var gatherSeconds = Enumerable.Repeat(double.MaxValue, resident.Length).ToArray();
        var stepSeconds = double.MaxValue;
        for (var round = 0; round < 8; round++)
        {
            for (var variation = 0; variation < resident.Length; variation++)
            {
                gatherSeconds[variation] = Math.Min(gatherSeconds[variation], Seconds(() => resident[variation].GatherViews(indices, 1, round).Dispose()));
            }

            using var batch = resident[0].GatherViews(indices, 1, round);
            stepSeconds = Math.Min(stepSeconds, Seconds(() => Step(network, optimizer, batch)));
        }

        Array.ForEach(resident, data => data.Dispose());
        foreach (var (variation, seconds) in s_variations.Zip(gatherSeconds))
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{variation.Name}: {seconds * 1e3:F2} ms beside a step of {stepSeconds * 1e3:F1} ms, {seconds / stepSeconds:P1}");
            Assert.InRange(seconds / stepSeconds, 0, 0.05);
        }
    }

    private static void Step(torch.nn.Module<torch.Tensor, torch.Tensor> network, SGD optimizer, Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        optimizer.zero_grad();
        torch.nn.functional.cross_entropy(network.call(batch.Images), batch.Labels).backward();
        optimizer.step();
    }

    private static double Seconds(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }
}
