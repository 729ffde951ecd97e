#:project ../Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true
#:property TieredPGO=true

// What stored answers cost, and what they spare. Writing: a view of all images, answered and stored, beside the teachers' forward
// passes on the same batches alone. Reading: a student's epoch on stored answers, beside one on the labels. And a sweep with one,
// two and four students, whose costs should grow by the students' own and nothing else.
//
//     dotnet run -c Release experiments/benchmarks/soft-target-cost.cs [-- --rounds N] [--runs DIR] [--quick]
//
// Start it in the repository's root, on a machine that does nothing else; drawn images of CIFAR's size. Results land in
// experiments/results/speed/soft-targets-DEVICE.json; with --quick (fewer images, tiny networks) beside the runs instead.

using System.Globalization;
using System.Text.Json.Nodes;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Experiments;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Teachers;
using Ensemble.Training;
using TorchSharp;

const int Teachers = 5;
const int BatchSize = 128;
var benchmark = new Benchmark(args);
var isQuick = benchmark.IsQuick;
var rounds = benchmark.Number("--rounds", isQuick ? 1 : 3);
var (teacher, student, count) = isQuick ? ("airbenchx0.0625", "resnet8x0.25", 640) : ("airbenchx0.5", "resnet8", 12_800);
var folder = Path.Combine(benchmark.Argument("--runs") ?? (isQuick ? "runs/soft-target-cost-quick" : "runs/soft-target-cost"), string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}"));
var models = ModelRegistry.CreateDefault();
var precision = Autocast.Resolve(Precision.Auto, benchmark.Device, benchmark.Machine.HasBfloat16);
var views = new ViewOptions { Seed = 1, Count = 1 };

var (writing, bytes) = Writing();
var reading = Reading();
var sweeps = new JsonArray([.. Enumerable.Range(0, 3).Select(power => Sweep(1 << power))]);
var path = benchmark.Write("soft-targets", isQuick ? folder : null, new JsonObject
{
    ["job"] = new JsonObject { ["teacher"] = teacher, ["teachers"] = Teachers, ["student"] = student, ["images"] = count, ["rounds"] = rounds },
    ["writing"] = writing,
    ["bytesPerImageAndView"] = Math.Round(bytes, 1),
    ["reading"] = reading,
    ["sweeps"] = sweeps,
});
Console.WriteLine($"written: {path}");

(JsonObject Times, double BytesPerImage) Writing()
{
    var images = Draw(count);
    using var resident = new ResidentDataset(images, ChannelStatistics.Measure(images), AugmentationOptions.CropAndFlip, benchmark.Device);
    torch.nn.Module<torch.Tensor, torch.Tensor>[] networks = [.. Enumerable.Range(1, Teachers).Select(seed => Network(teacher, images, (ulong)seed))];
    var ensemble = new TeacherEnsemble(networks, precision);
    Forward(resident, ensemble);
    var (bare, stored) = (new double[rounds], new double[rounds]);
    var store = "";
    for (var round = 0; round < rounds; round++)
    {
        bare[round] = benchmark.Seconds(() => Forward(resident, ensemble));
        store = Path.Combine(folder, $"store-{round}");
        stored[round] = benchmark.Seconds(() => SoftTargetStore.Complete(store, Header(images), views, ensemble, resident).Dispose());
    }

    Array.ForEach(networks, network => network.Dispose());
    return (Ratio($"a view, stored over answered ({Teachers} {teacher})", stored, bare), (double)Directory.GetFiles(store).Sum(file => new FileInfo(file).Length) / count);
}

JsonObject Reading()
{
    var images = Draw(count);
    using var resident = new ResidentDataset(images, ChannelStatistics.Measure(images), AugmentationOptions.CropAndFlip, benchmark.Device);
    using var store = SoftTargetStore.Open(Path.Combine(folder, "store-0"), Header(images), views);
    var distillation = ObjectiveRegistry.CreateDefault().Create("kd", new ObjectiveOptions());
    var options = new TrainingOptions { Epochs = 1, BatchSize = BatchSize, LearningRate = 0.1, Views = views, Precision = precision };
    using var network = Network(student, images, 1);
    Trainer.Train(network, resident, distillation, store, options);
    var (labels, answers) = (new double[rounds], new double[rounds]);
    for (var round = 0; round < rounds; round++)
    {
        labels[round] = benchmark.Seconds(() => Trainer.Train(network, resident, new HardLabels(0), null, options));
        answers[round] = benchmark.Seconds(() => Trainer.Train(network, resident, distillation, store, options));
    }

    return Ratio($"an epoch of {student}, on stored answers over on labels", answers, labels);
}

// Students of one sweep are the seeds of one architecture, so that each costs the same.
JsonNode Sweep(int students)
{
    var recipe = new SweepRecipe
    {
        Dataset = "shapes",
        Teacher = teacher,
        TeacherCount = Teachers,
        TeacherTraining = RecipeDefaults.Training(teacher, AugmentationOptions.CropAndFlip, isQuick ? 1 : 2),
        Students =
        [
            new SweepStudent
            {
                Architecture = student,
                Training = RecipeDefaults.Training(student, AugmentationOptions.CropAndFlip, isQuick ? 1 : 8) with { Views = new ViewOptions { Count = isQuick ? 1 : 4 } },
                BaselineTraining = RecipeDefaults.Training(student, AugmentationOptions.CropAndFlip, isQuick ? 1 : 8),
            },
        ],
        Seeds = [.. Enumerable.Range(1, students).Select(seed => (ulong)seed)],
    };
    var pipeline = new SweepPipeline(DatasetRegistry.CreateDefault(), models, ObjectiveRegistry.CreateDefault(), TimeProvider.System);
    var settings = new RunSettings { CommandLine = ["dotnet", "run", "experiments/benchmarks/soft-target-cost.cs", .. args] };
    SweepResults? results = null;
    var wall = benchmark.Seconds(() => results = pipeline.Run(recipe, Path.Combine(folder, $"sweep-{students}"), settings, new ProgressLines(_ => { })));
    var cost = results!.Cost;
    const int SecondsPerHour = 3600;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"a sweep of {students}: {wall:0.0} s; teachers {cost.TeacherHours * SecondsPerHour:0.0}, soft targets {cost.SoftTargetHours * SecondsPerHour:0.0}, baselines {cost.BaselineHours * SecondsPerHour:0.0}, students {cost.StudentHours * SecondsPerHour:0.0}"));
    return new JsonObject
    {
        ["students"] = students,
        ["wallSeconds"] = Math.Round(wall, 1),
        ["teacherSeconds"] = Math.Round(cost.TeacherHours * SecondsPerHour, 1),
        ["softTargetSeconds"] = Math.Round(cost.SoftTargetHours * SecondsPerHour, 1),
        ["baselineSeconds"] = Math.Round(cost.BaselineHours * SecondsPerHour, 1),
        ["studentSeconds"] = Math.Round(cost.StudentHours * SecondsPerHour, 1),
    };
}

// The batches that the store is written in.
void Forward(ResidentDataset images, TeacherEnsemble ensemble)
{
    foreach (var indices in Enumerable.Range(0, images.Count).Chunk(InferenceBatch.SizeOn(benchmark.Device)))
    {
        using var batch = images.GatherViews(indices, views.Seed, 0);
        ensemble.Logits(batch).Dispose();
    }
}

JsonObject Ratio(string name, double[] mine, double[] theirs)
{
    double[] ratios = [.. mine.Zip(theirs, (one, other) => one / other)];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {Benchmark.Median(mine):0.00} s against {Benchmark.Median(theirs):0.00} s, ratio {Benchmark.Median(ratios):0.000} ({ratios.Min():0.000} to {ratios.Max():0.000})"));
    return new JsonObject
    {
        ["seconds"] = Math.Round(Benchmark.Median(mine), 3),
        ["against"] = Math.Round(Benchmark.Median(theirs), 3),
        ["ratio"] = Math.Round(Benchmark.Median(ratios), 3),
        ["ratioMin"] = Math.Round(ratios.Min(), 3),
        ["ratioMax"] = Math.Round(ratios.Max(), 3),
    };
}

torch.nn.Module<torch.Tensor, torch.Tensor> Network(string name, ImageDataset images, ulong seed)
{
    var network = models.Create(name, images.Shape, images.ClassCount, seed).to(benchmark.Device);
    ChannelsLast.ConvertWeights(network);
    return network;
}

SoftTargetHeader Header(ImageDataset images) => new()
{
    Teachers = [.. Enumerable.Range(1, Teachers).Select(seed => $"{seed}")],
    Data = images.Checksum,
    ViewRecipe = "crop and flip",
    View = 0,
    Samples = images.Count,
    Classes = images.ClassCount,
};

static ImageDataset Draw(int count) => ShapesDataset.Draw(new ShapesOptions { TrainCount = count, TestCount = 10, Seed = 1 }).Train;
