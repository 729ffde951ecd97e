#:project ../../src/Ensemble/Ensemble.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true
#:property TieredPGO=true

// What a batch of training views costs (gathering, crop and flip, and the rest of the augmentation) beside the training
// step that uses it: a resnet20 at 128 images of 3x32x32, in turn, on as many threads as libtorch takes. The wanted: under 5%.
//
//     dotnet run -c Release experiments/benchmarks/augmentation-cost.cs

using System.Diagnostics;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using TorchSharp;
using TorchSharp.Modules;

const int BatchSize = 128;
const int Rounds = 25;
const ulong Seed = 1;

var cropAndFlip = AugmentationOptions.CropAndFlip;
(string Name, AugmentationOptions Options)[] variations =
[
    ("gathering alone", new AugmentationOptions()),
    ("crop and flip", cropAndFlip),
    ("with cutout", cropAndFlip with { CutoutPixels = 16 }),
    ("with colour", cropAndFlip with { Brightness = 0.4, Contrast = 0.4, Saturation = 0.4 }),
    ("with mixup", cropAndFlip with { MixupAlpha = 1 }),
    ("with all", cropAndFlip with { CutoutPixels = 16, Brightness = 0.4, Contrast = 0.4, Saturation = 0.4, MixupAlpha = 1 }),
];
var device = DeviceSelector.Resolve("auto");
var images = ShapesDataset.Draw(new ShapesOptions { TrainCount = 10_000, TestCount = 10, Seed = Seed }).Train;
var normalisation = ChannelStatistics.Measure(images);
var resident = Array.ConvertAll(variations, variation => new ResidentDataset(images, normalisation, variation.Options, device));
using var network = ModelRegistry.CreateDefault().Create("resnet20", images.Shape, images.ClassCount, Seed).to(device);
ChannelsLast.ConvertWeights(network);
using var optimizer = torch.optim.SGD(network.parameters(), 0.1, 0.9);
var gatherings = variations.Select(_ => new double[Rounds]).ToArray();
var steps = new double[Rounds];
for (var round = -2; round < Rounds; round++)
{
    var sequence = new RandomStream(Seed, "benchmark", sample: (ulong)(round + 2));
    int[] indices = [.. Enumerable.Range(0, BatchSize).Select(_ => sequence.NextInt(images.Count))];
    for (var variation = 0; variation < variations.Length; variation++)
    {
        var milliseconds = Milliseconds(() => resident[variation].GatherViews(indices, Seed, round + 2).Dispose());
        if (round >= 0) gatherings[variation][round] = milliseconds;
    }

    using var batch = resident[1].GatherViews(indices, Seed, round + 2);
    var step = Milliseconds(() => Step(network, optimizer, batch));
    if (round >= 0) steps[round] = step;
}

Array.ForEach(resident, data => data.Dispose());
Console.WriteLine($"libtorch {torch.__version__} on {device}, {torch.get_num_threads()} threads of {Environment.ProcessorCount} cores; load {Load()}");
Console.WriteLine($"a training step of resnet20 on {BatchSize} images, median of {Rounds}: {Median(steps):F1} ms");
foreach (var (variation, milliseconds) in variations.Zip(gatherings))
{
    Console.WriteLine($"  {variation.Name,-16} {Median(milliseconds),6:F2} ms  {Median(milliseconds) / Median(steps),6:P1}");
}

static void Step(torch.nn.Module<torch.Tensor, torch.Tensor> network, SGD optimizer, Batch batch)
{
    using var scope = torch.NewDisposeScope();
    optimizer.zero_grad();
    var loss = torch.nn.functional.cross_entropy(network.call(batch.Images), batch.Labels);
    loss.backward();
    optimizer.step();
    loss.item<float>();
}

// What was queued before is waited for, so that each action is charged with its own work alone.
double Milliseconds(Action action)
{
    Wait();
    var watch = Stopwatch.StartNew();
    action();
    Wait();
    return watch.Elapsed.TotalMilliseconds;
}

void Wait()
{
    if (device.type == DeviceType.CUDA) torch.cuda.synchronize(device);
}

static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "not known";
