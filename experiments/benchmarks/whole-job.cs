#:project ../Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true
#:property TieredPGO=true

// The whole job in the two ways that there are: five teachers' answers stored once, on a few views of each image, and a resnet8
// trained on them for 30 epochs; and the usual way, the teachers inside the student's loop, on a new view in each epoch.
//
//     dotnet run -c Release experiments/benchmarks/whole-job.cs [-- --data DIR] [--out DIR] [--seeds N] [--python PYTHON] [--quick]
//
// Start it in the repository's root, on a machine that does nothing else. Accuracies come from whole runs of ours in both ways,
// over N seeds (3 unless told otherwise), which are resumable; seconds of the usual way also from PyTorch, whose steps are timed
// (speed_peer.py: as its users write them, and at their best) and multiplied. Teachers' own training is in neither. Results land
// in experiments/results/speed/whole-job-DEVICE.json; with --quick (drawn images, tiny networks) beside the runs instead.

using System.Globalization;
using System.Text.Json.Nodes;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Experiments;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Teachers;

const int Teachers = 5;
const int BatchSize = 128;
var benchmark = new Benchmark(args);
var isQuick = benchmark.IsQuick;
var (dataset, teacher, student) = isQuick ? ("shapes", "airbenchx0.0625", "resnet8x0.25") : ("cifar10", "airbenchx0.5", "resnet8");
var (teacherEpochs, epochs, views) = isQuick ? (1, 2, 1) : (8, 30, 4);
var folder = benchmark.Argument("--out") ?? (isQuick ? "runs/whole-job-quick" : "runs/whole-job");
var seeds = Enumerable.Range(1, benchmark.Number("--seeds", isQuick ? 1 : 3)).Select(seed => (ulong)seed).ToArray();
var objectives = ObjectiveRegistry.CreateDefault();
var pipeline = DistillationPipeline.CreateDefault();
var settings = new RunSettings { CommandLine = ["dotnet", "run", "experiments/benchmarks/whole-job.cs", .. args] };
var progress = new ProgressLines(Console.WriteLine);

var first = new DistillationRecipe
{
    Dataset = dataset,
    DataDirectory = benchmark.Argument("--data"),
    Teacher = teacher,
    TeacherCount = Teachers,
    Student = student,
    TeacherTraining = RecipeDefaults.Training(teacher, AugmentationOptions.CropAndFlip, teacherEpochs),
    StudentTraining = RecipeDefaults.Training(student, AugmentationOptions.CropAndFlip, epochs) with { BatchSize = BatchSize, Views = new ViewOptions { Count = views } },
    ViewSeed = 1,
    DataSeed = 1,
};
var teachersFolder = Path.Combine(folder, "stored-1");
var taught = first with
{
    Teacher = null,
    TeacherCount = 0,
    TeacherTraining = null,
    BroughtTeachers = [.. Enumerable.Range(0, Teachers).Select(index => new BroughtTeacher { Path = Path.Combine(teachersFolder, "teachers", $"{index}") })],
};

var runs = new JsonArray();
foreach (var seed in seeds)
{
    var stored = Do($"stored-{seed}", seed == 1 ? first : taught with { Seed = seed });
    var live = Do($"live-{seed}", taught with { Seed = seed, StudentTraining = taught.StudentTraining with { Views = new ViewOptions() } });
    runs.Add(new JsonObject
    {
        ["seed"] = seed,
        ["stored"] = new JsonObject { ["softTargetSeconds"] = Round(stored.SoftTargets), ["studentSeconds"] = Round(stored.Student), ["accuracy"] = stored.Accuracy },
        ["live"] = new JsonObject { ["studentSeconds"] = Round(live.Student), ["accuracy"] = live.Accuracy },
    });
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: stored {stored.SoftTargets:0} + {stored.Student:0} s, {stored.Accuracy:0.00%}; teachers in the loop {live.Student:0} s, {live.Accuracy:0.00%}"));
}

var images = DatasetRegistry.CreateDefault().Load(dataset, first.ToDatasetRequest()).Train.Count;
using var peer = benchmark.StartPeer();
var hello = peer.Ask(new { @do = "hello" });
var usual = new JsonObject();
foreach (var variant in hello["variants"]!.AsArray().Select(name => (string)name!))
{
    // The median of three rounds, each of some seconds.
    var steps = isQuick ? 2 : 10;
    var seconds = Benchmark.Median(Enumerable.Range(0, 3).Select(_ => (double)peer.Ask(new { @do = "distill", teacher, teachers = Teachers, student, variant, batch = BatchSize, steps })["seconds"]! / steps));
    usual[variant] = Round(seconds * epochs * Math.Ceiling((double)images / BatchSize));
}

var job = Mean("stored", "softTargetSeconds") + Mean("stored", "studentSeconds");
var ratios = new JsonObject { ["live"] = Math.Round(Mean("live", "studentSeconds") / job, 2) };
foreach (var (variant, seconds) in usual) ratios[variant] = Math.Round((double)seconds! / job, 2);
var report = new JsonObject
{
    ["peer"] = hello.DeepClone(),
    ["job"] = new JsonObject { ["dataset"] = dataset, ["teacher"] = teacher, ["teachers"] = Teachers, ["student"] = student, ["epochs"] = epochs, ["views"] = views },
    ["runs"] = runs,
    ["usualWaySeconds"] = usual,
    ["timesAsFast"] = ratios,
    ["accuracyStored"] = Round(100 * Mean("stored", "accuracy")),
    ["accuracyLive"] = Round(100 * Mean("live", "accuracy")),
};
var path = benchmark.Write("whole-job", isQuick ? folder : null, report);
Console.WriteLine($"times as fast as the usual way: {ratios.ToJsonString()}; accuracy {report["accuracyStored"]} against {report["accuracyLive"]}%");
Console.WriteLine($"written: {path}");

// Teachers where they are missing, soft targets, student; no baseline, for neither way has one.
(double SoftTargets, double Student, double Accuracy) Do(string name, DistillationRecipe recipe)
{
    var run = Path.Combine(folder, name);
    var keys = pipeline.Begin(recipe, run, settings, progress);
    var store = Path.Combine(run, StageKey.SoftTargets);
    if (recipe.StudentTraining.Views.Count > 0 && name != "stored-1")
    {
        // The same views of the same teachers: the store is made once, and counted in full for every student.
        FolderCopy.AddMissing(Path.Combine(teachersFolder, StageKey.SoftTargets), store);
    }

    foreach (var key in keys.Where(key => key is not (StageKey.Baseline or StageKey.Evaluation)))
    {
        pipeline.RunStage(run, key, settings, progress);
    }

    var stages = RunStatus.Read(run, objectives).Stages;
    var splits = DatasetRegistry.CreateDefault().Load(recipe.Dataset, recipe.ToDatasetRequest());
    var measured = ModelEvaluation.Measure([new BroughtTeacher { Path = Path.Combine(run, StageKey.Student) }], ModelRegistry.CreateDefault(), splits.Test, ChannelStatistics.Measure(splits.Train), Averaging.Arithmetic, benchmark.Device);
    return (stages.FirstOrDefault(stage => stage.Key == StageKey.SoftTargets)?.Seconds ?? 0, stages.Single(stage => stage.Key == StageKey.Student).Seconds, measured[0].Accuracy);
}

double Mean(string way, string value) => runs.Average(run => (double)run![way]![value]!);

static double Round(double value) => Math.Round(value, 2);
