#:project ../Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true
#:property TieredPGO=true

// The whole job in the two ways that there are: five airbench teachers' answers stored once, on a few views of each image, and a
// resnet8 trained on them for 30 epochs; and the usual way, the teachers inside the student's loop, on a new view in each epoch.
//
//     dotnet run -c Release experiments/benchmarks/whole-job.cs [-- --data DIR] [--teachers RUN] [--out DIR] [--seeds N]
//         [--python PYTHON] [--quick]
//
// Start it in the repository's root, on a machine that does nothing else until the seconds are known; what was stopped goes on.
// Teachers' own training is in neither way: they are trained first, or are those of RUN, a run or a sweep that has five.
//
// Seconds: of storing, and of each student on stored answers, as they were; of the usual way from a hundred steps with the teachers
// in the loop, ours and PyTorch's (speed_peer.py: as its users write them, and at their best; without loading and augmentation, which
// ours has), multiplied. They are measured once, and kept beside the runs.
// Accuracies: whole trainings over N seeds (3 unless told otherwise) both ways. The usual way shows each image in a new view in each
// epoch; the teachers' answers on these 30 views are made once for all seeds, which spares time, and no second of it is counted.
// Results land in experiments/results/speed/whole-job-DEVICE.json; with --quick (drawn images, tiny networks) beside the runs instead.

using System.Globalization;
using System.Text.Json.Nodes;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Experiments;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Runs;
using Ensemble.Teachers;
using Ensemble.Training;
using TorchSharp;

const int Teachers = 5;
const int BatchSize = 128;
var benchmark = new Benchmark(args);
var isQuick = benchmark.IsQuick;
var (dataset, teacher, student) = isQuick ? ("shapes", "airbenchx0.0625", "resnet8x0.25") : ("cifar10", "airbench", "resnet8");
var (teacherEpochs, epochs, views) = isQuick ? (1, 2, 1) : (8, 30, 4);
var folder = benchmark.Argument("--out") ?? (isQuick ? "runs/whole-job-quick" : "runs/whole-job");
var seeds = Enumerable.Range(1, benchmark.Number("--seeds", isQuick ? 1 : 3)).Select(seed => (ulong)seed).ToArray();
var objectives = ObjectiveRegistry.CreateDefault();
var pipeline = DistillationPipeline.CreateDefault();
var settings = new RunSettings { CommandLine = ["dotnet", "run", "experiments/benchmarks/whole-job.cs", .. args] };
var progress = new ProgressLines(Console.WriteLine);

var begun = new DistillationRecipe
{
    Dataset = dataset,
    DataDirectory = benchmark.Argument("--data"),
    Teacher = teacher,
    TeacherCount = Teachers,
    Student = student,
    TeacherTraining = RecipeDefaults.Training(teacher, AugmentationOptions.CropAndFlip, teacherEpochs),
    StudentTraining = RecipeDefaults.Training(student, AugmentationOptions.CropAndFlip, epochs) with { BatchSize = BatchSize },
    ViewSeed = 1,
    DataSeed = 1,
};
var teachersFolder = benchmark.Argument("--teachers") ?? TrainTeachers();
var taught = begun with
{
    Teacher = null,
    TeacherCount = 0,
    TeacherTraining = null,
    BroughtTeachers = [.. Enumerable.Range(0, Teachers).Select(index => new BroughtTeacher { Path = Path.Combine(teachersFolder, "teachers", $"{index}") })],
};

foreach (var brought in taught.BroughtTeachers)
{
    var architecture = ModelFile.Read(brought.Path).Architecture;
    if (architecture != teacher) throw new ArgumentException($"--teachers: {brought.Path} is of {architecture}, and {teacher} is what is timed");
}

Directory.CreateDirectory(folder);
var usual = UsualWay();
Console.WriteLine($"seconds of the usual way: {usual["seconds"]!.ToJsonString()}");
var runs = new JsonArray();
foreach (var seed in seeds)
{
    var stored = Taught(seed, "stored", views);
    runs.Add(new JsonObject
    {
        ["seed"] = seed,
        ["softTargetSeconds"] = Round(stored.SoftTargets),
        ["studentSeconds"] = Round(stored.Student),
        ["accuracyStored"] = stored.Accuracy,
    });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {views} views stored: {stored.SoftTargets:0} + {stored.Student:0} s, {stored.Accuracy:0.00%}"));
}

foreach (var (run, seed) in runs.Zip(seeds))
{
    var usually = Taught(seed, "usual", epochs);
    run!["accuracyUsual"] = usually.Accuracy;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, a view of its own in each epoch: {usually.Accuracy:0.00%}"));
}

var job = Mean("softTargetSeconds") + Mean("studentSeconds");
var ratios = new JsonObject();
foreach (var (variant, seconds) in usual["seconds"]!.AsObject()) ratios[variant] = Math.Round((double)seconds! / job, 2);
var report = new JsonObject
{
    ["job"] = new JsonObject { ["dataset"] = dataset, ["teacher"] = teacher, ["teachers"] = Teachers, ["student"] = student, ["epochs"] = epochs, ["views"] = views },
    ["runs"] = runs,
    ["usualWay"] = usual.DeepClone(),
    ["timesAsFast"] = ratios,
    ["accuracyStored"] = Round(100 * Mean("accuracyStored")),
    ["accuracyUsual"] = Round(100 * Mean("accuracyUsual")),
};
var path = benchmark.Write("whole-job", isQuick ? folder : null, report);
Console.WriteLine($"times as fast as the usual way: {ratios.ToJsonString()}; accuracy {report["accuracyStored"]} against {report["accuracyUsual"]}%");
Console.WriteLine($"written: {path}");

// Seconds of the whole job with teachers in the loop: ours, and PyTorch's in each variant; medians over rounds.
JsonObject UsualWay()
{
    var file = Path.Combine(folder, "usual-way.json");
    if (File.Exists(file)) return JsonNode.Parse(File.ReadAllText(file))!.AsObject();

    var (rounds, steps) = isQuick ? (1, 2) : (5, 20);
    var allSteps = epochs * Math.Ceiling((double)DatasetRegistry.CreateDefault().Load(dataset, taught.ToDatasetRequest()).Train.Count / BatchSize);
    var seconds = new JsonObject { ["ours"] = Round(Benchmark.Median(LiveRounds(rounds, steps)) / steps * allSteps) };
    using var peer = benchmark.StartPeer();
    var hello = peer.Ask(new { @do = "hello" });
    foreach (var variant in hello["variants"]!.AsArray().Select(name => (string)name!))
    {
        var times = Enumerable.Range(0, rounds).Select(_ => (double)peer.Ask(new { @do = "distill", teacher, teachers = Teachers, student, variant, batch = BatchSize, steps })["seconds"]!);
        seconds[variant] = Round(Benchmark.Median(times) / steps * allSteps);
    }

    var measured = new JsonObject { ["peer"] = hello.DeepClone(), ["load"] = Benchmark.Load, ["seconds"] = seconds };
    File.WriteAllText(file, measured.ToJsonString());
    return measured;
}

// Seconds of our loop on some batches, augmentation included. How fast networks are does not depend on their weights.
double[] LiveRounds(int rounds, int steps)
{
    var images = ShapesDataset.Draw(new ShapesOptions { TrainCount = steps * BatchSize, TestCount = 10, Seed = 1 }).Train;
    using var resident = new ResidentDataset(images, ChannelStatistics.Measure(images), AugmentationOptions.CropAndFlip, benchmark.Device);
    torch.nn.Module<torch.Tensor, torch.Tensor> Network(string name, ulong seed)
    {
        var network = ModelRegistry.CreateDefault().Create(name, images.Shape, images.ClassCount, seed).to(benchmark.Device);
        ChannelsLast.ConvertWeights(network);
        return network;
    }

    var precision = Autocast.Resolve(Precision.Auto, benchmark.Device, benchmark.Machine.HasBfloat16);
    torch.nn.Module<torch.Tensor, torch.Tensor>[] networks = [.. Enumerable.Range(1, Teachers).Select(seed => Network(teacher, (ulong)seed))];
    var loop = new TeacherEnsemble(networks, precision);
    using var learner = Network(student, 1);
    var options = taught.StudentTraining with { Epochs = 1, Precision = precision };
    double Epoch() => benchmark.Seconds(() => Trainer.Train(learner, resident, objectives.Create(taught.Objective, taught.ObjectiveOptions), loop, options));
    // The first one compiles and finds its memory.
    Epoch();
    double[] seconds = [.. Enumerable.Range(0, rounds).Select(_ => Epoch())];
    Array.ForEach(networks, network => network.Dispose());
    return seconds;
}

// The run that has the teachers, and nothing behind them.
string TrainTeachers()
{
    var run = Path.Combine(folder, "teachers");
    foreach (var key in pipeline.Begin(begun, run, settings, progress).Take(Teachers)) pipeline.RunStage(run, key, settings, progress);
    return run;
}

// A student on stored answers, and no baseline, for neither way has one. The answers are made once, and counted in full for every student.
(double SoftTargets, double Student, double Accuracy) Taught(ulong seed, string way, int count)
{
    var run = Path.Combine(folder, $"{way}-{seed}");
    var recipe = taught with { Seed = seed, StudentTraining = taught.StudentTraining with { Views = new ViewOptions { Count = count } } };
    pipeline.Begin(recipe, run, settings, progress);
    // Few views are the first ones of many.
    var known = Path.Combine(folder, seed == seeds[0] ? $"stored-{seed}" : $"{way}-{seeds[0]}");
    if (known != run) FolderCopy.AddMissing(Path.Combine(known, StageKey.SoftTargets), Path.Combine(run, StageKey.SoftTargets));
    foreach (var key in new[] { StageKey.SoftTargets, StageKey.Student }) pipeline.RunStage(run, key, settings, progress);

    var stages = RunStatus.Read(run, objectives).Stages;
    double Seconds(string key) => stages.Single(stage => stage.Key == key).Seconds;
    var splits = DatasetRegistry.CreateDefault().Load(recipe.Dataset, recipe.ToDatasetRequest());
    var measured = ModelEvaluation.Measure([new BroughtTeacher { Path = Path.Combine(run, StageKey.Student) }], ModelRegistry.CreateDefault(), splits.Test, ChannelStatistics.Measure(splits.Train), Averaging.Arithmetic, benchmark.Device);
    return (Seconds(StageKey.SoftTargets), Seconds(StageKey.Student), measured[0].Accuracy);
}

double Mean(string value) => runs.Average(run => (double)run![value]!);

static double Round(double value) => Math.Round(value, 2);
