#:project ../Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true
#:property TieredPGO=true

// Training and evaluation beside PyTorch: the same networks, batches and arithmetic on the same libtorch, in turn, a
// round of ours and a round of each of PyTorch's variants, so that both meet the same machine. The peer is speed_peer.py:
// "plain" is PyTorch as its users write it, "best" is channels_last, bfloat16 autocast and a foreach optimiser, "compiled" is
// torch.compile on top, where there is one. The ceiling is this machine's own: its bfloat16 matrix product, its copying.
//
//     dotnet run -c Release experiments/benchmarks/speed.cs [-- --rounds N] [--out DIR] [--python PYTHON]
//
// Start it in the repository's root, on a machine that does nothing else. Results land in
// experiments/results/speed/steps-DEVICE.json, with the hardware named.

using System.Globalization;
using System.Text.Json.Nodes;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Experiments;
using Ensemble.Models;
using Ensemble.Training;
using TorchSharp;

const int BatchSize = 128;
const int EpochImages = 12_800;
string[] networks = ["resnet8", "resnet20", "resnet20x2", "wrn_16_2"];
var benchmark = new Benchmark(args);
var rounds = benchmark.Number("--rounds", 9);
var device = benchmark.Device;
var precision = Autocast.Resolve(Precision.Auto, device, benchmark.Machine.HasBfloat16);
var images = ShapesDataset.Draw(new ShapesOptions { TrainCount = EpochImages, TestCount = 10, Seed = 1 }).Train;
var normalisation = ChannelStatistics.Measure(images);
using var resident = new ResidentDataset(images, normalisation, AugmentationOptions.CropAndFlip, device);
using var peer = benchmark.StartPeer();
var hello = peer.Ask(new { @do = "hello" });
string[] variants = [.. hello["variants"]!.AsArray().Select(name => (string)name!)];
var ceiling = Ceiling();
Console.WriteLine($"{benchmark.Machine.Processor}, {benchmark.Threads} threads; {device}; libtorch {torch.__version__}, peer {hello["torch"]} on {hello["device"]}; load {Benchmark.Load}");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ceiling: {ceiling.Flops / 1e9:0} GFLOP/s ({precision} matrix product of 2048), {ceiling.Bytes / 1e9:0.0} GB/s (copying)"));
Console.WriteLine($"medians of {rounds} rounds in turn; a ratio above 1 is ours being faster, and is itself a median over rounds");

var rows = new JsonArray();
foreach (var network in networks)
{
    var cost = Cost(network);
    // About a second of ours a round.
    var steps = Math.Clamp((int)(1e11 / (6.0 * cost.MultiplyAdds * BatchSize)), 5, 60);
    using var ours = new Stepper(network, images, resident, benchmark, precision);
    Compare($"training step, {network}", steps * BatchSize, 6.0 * cost.MultiplyAdds, () => ours.Steps(steps), variant => new { @do = "step", network, variant, batch = BatchSize, steps });
}

foreach (var network in networks.Take(2))
{
    using var ours = new Stepper(network, images, resident, benchmark, precision);
    Compare($"epoch with loading and augmentation, {network}", EpochImages, 6.0 * Cost(network).MultiplyAdds, ours.Epoch, variant => new { @do = "epoch", network, variant, batch = BatchSize, images = EpochImages }, Math.Max(3, rounds / 3));
    OverBareSteps(network, ours);
}

foreach (var network in networks.Skip(1).Take(1))
{
    using var ours = new Stepper(network, images, resident, benchmark, precision);
    const int Answered = 5120;
    Compare($"evaluation, {network}", Answered, 2.0 * Cost(network).MultiplyAdds, () => ours.Forward(Answered / BatchSize), variant => new { @do = "forward", network, variant, batch = BatchSize, images = Answered });
}

var path = benchmark.Write("steps", benchmark.Argument("--out"), new JsonObject
{
    ["precision"] = precision.ToString(),
    ["peer"] = hello.DeepClone(),
    ["ceilingGflops"] = Math.Round(ceiling.Flops / 1e9, 1),
    ["copyGigabytesPerSecond"] = Math.Round(ceiling.Bytes / 1e9, 2),
    ["rounds"] = rounds,
    ["rows"] = rows,
});
Console.WriteLine($"written: {path}");

// Ours and each variant in turn; images a second, the median ratio, and the share of the ceiling.
void Compare(string name, int imagesPerRound, double flopsPerImage, Func<double> ours, Func<string, object> ask, int? turns = null)
{
    ours();
    var count = turns ?? rounds;
    var mine = new double[count];
    var theirs = variants.ToDictionary(variant => variant, _ => new double[count]);
    for (var round = 0; round < count; round++)
    {
        mine[round] = ours();
        foreach (var variant in variants) theirs[variant][round] = (double)peer.Ask(ask(variant))["seconds"]!;
    }

    var row = new JsonObject
    {
        ["name"] = name,
        ["imagesPerSecond"] = Math.Round(imagesPerRound / Benchmark.Median(mine), 1),
        ["shareOfCeiling"] = Math.Round(flopsPerImage * imagesPerRound / Benchmark.Median(mine) / ceiling.Flops, 3),
    };
    Console.Write(string.Create(CultureInfo.InvariantCulture, $"{name,-48} ours {imagesPerRound / Benchmark.Median(mine),7:0}/s ({(double)row["shareOfCeiling"]!,4:P0} of the ceiling)"));
    foreach (var (variant, seconds) in theirs)
    {
        double[] ratios = [.. seconds.Zip(mine, (other, own) => other / own)];
        row[variant] = new JsonObject
        {
            ["imagesPerSecond"] = Math.Round(imagesPerRound / Benchmark.Median(seconds), 1),
            ["ratio"] = Math.Round(Benchmark.Median(ratios), 3),
            ["ratioMin"] = Math.Round(ratios.Min(), 3),
            ["ratioMax"] = Math.Round(ratios.Max(), 3),
        };
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"  {variant} {imagesPerRound / Benchmark.Median(seconds),7:0}/s, ratio {Benchmark.Median(ratios):0.00}"));
    }

    Console.WriteLine();
    rows.Add(row);
}

// What shuffling, augmenting, logging and the loop add to the steps themselves, in turn.
void OverBareSteps(string network, Stepper ours)
{
    double[] ratios = [.. Enumerable.Range(0, Math.Max(3, rounds / 3)).Select(_ =>
    {
        var bare = ours.Steps(EpochImages / BatchSize);
        return ours.Epoch() / bare;
    })];
    rows.Add(new JsonObject { ["name"] = $"epoch over bare steps, {network}", ["ratio"] = Math.Round(Benchmark.Median(ratios), 3), ["ratioMin"] = Math.Round(ratios.Min(), 3), ["ratioMax"] = Math.Round(ratios.Max(), 3) });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"epoch over bare steps, {network}",-48} {Benchmark.Median(ratios):0.000} ({ratios.Min():0.000} to {ratios.Max():0.000})"));
}

// The machine's own limits, in the arithmetic that the layers compute in.
(double Flops, double Bytes) Ceiling()
{
    using var scope = torch.NewDisposeScope();
    using var guard = torch.no_grad();
    const int Side = 2048;
    var type = precision == Precision.Bf16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32;
    var (a, b) = (torch.randn(Side, Side, device: device).to(type), torch.randn(Side, Side, device: device).to(type));
    var source = torch.zeros(1 << 26, device: device);
    var target = torch.zeros(1 << 26, device: device);
    double Best(Action action) => Enumerable.Range(0, 8).Min(_ => benchmark.Seconds(action));
    return (2.0 * Side * Side * Side / Best(() => a.mm(b).Dispose()), 2.0 * source.numel() * sizeof(float) / Best(() => target.copy_(source)));
}

ModelCost Cost(string network)
{
    using var built = ModelRegistry.CreateDefault().Create(network, images.Shape, images.ClassCount, 1);
    return ModelCost.Measure(built, images.Shape);
}

// One network of ours: its bare steps on one batch, whole epochs through the trainer, and answers.
internal sealed class Stepper : IDisposable
{
    private readonly ResidentDataset _data;
    private readonly Batch _batch;
    private readonly Benchmark _benchmark;
    private readonly Precision _precision;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _network;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly HardLabels _objective = new(0);

    public Stepper(string network, ImageDataset images, ResidentDataset data, Benchmark benchmark, Precision precision)
    {
        (_data, _benchmark, _precision) = (data, benchmark, precision);
        _network = ModelRegistry.CreateDefault().Create(network, images.Shape, images.ClassCount, 1).to(benchmark.Device);
        ChannelsLast.ConvertWeights(_network);
        _optimizer = torch.optim.SGD(_network.parameters(), 0.1, 0.9, weight_decay: 5e-4, nesterov: true);
        _batch = data.GatherViews([.. Enumerable.Range(0, 128)], 1, 0);
        Steps(3);
    }

    public double Steps(int count)
    {
        _network.train();
        return _benchmark.Seconds(() =>
        {
            for (var step = 0; step < count; step++) Step();
        });
    }

    public double Epoch() => _benchmark.Seconds(() => Trainer.Train(
        _network, _data, _objective, null, new TrainingOptions { Epochs = 1, BatchSize = 128, LearningRate = 0.1, Precision = _precision }));

    public double Forward(int batches)
    {
        _network.eval();
        using var guard = torch.no_grad();
        using var autocast = Autocast.Enter(_precision, _benchmark.Device);
        return _benchmark.Seconds(() =>
        {
            for (var batch = 0; batch < batches; batch++) _network.call(_batch.Images).Dispose();
        });
    }

    public void Dispose()
    {
        _batch.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    // The step of Trainer on one batch, without its log.
    private void Step()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor logits;
        using (Autocast.Enter(_precision, _benchmark.Device)) logits = _network.call(_batch.Images);
        var terms = _objective.Compute(new ObjectiveInput { StudentLogits = logits.to(torch.ScalarType.Float32), Labels = _batch.Labels });
        _optimizer.zero_grad();
        terms.Total.backward();
        _optimizer.step();
    }
}
