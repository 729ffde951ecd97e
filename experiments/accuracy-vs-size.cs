#:project Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// How small can one go on CIFAR-10, and what does the ensemble buy? Five airbench networks (1,972,792 parameters each) are
// trained once; students of eight sizes over two orders of magnitude are trained alone and distilled from the five, 16 epochs each.
// Then two of less than a tenth of a teacher's size get longer, alone and distilled: one three times as long on the same views, one
// of 14 layers 150 epochs, on 30 views.
//
//     dotnet run -c Release experiments/accuracy-vs-size.cs [-- --data DIR] [--out DIR] [--so-far] [--quick]
//
// Start it in the repository's root. The data are those of ./ensemble data download cifar10, or lie in DIR. The same command
// continues sweeps that were stopped, seed by seed; --so-far trains nothing, and makes tables, figures and reports of what is done.
// They land with the sweeps' recipes in experiments/results/accuracy-vs-size; with --quick (a minute, drawn images, tiny networks)
// beside the runs instead.
//
// Baselines see a new view of every image in each epoch, as one would train them without teachers; students see eight views of
// each, whose answers are stored once for all of them. What the students minimise was chosen on 5,000 validation images that the
// teachers had not seen (./ensemble sweep --data cifar10 --validation 5000 --teacher airbenchx0.5 --teachers 2 --teacher-epochs 8
// --students airbenchx0.25,airbenchx0.0625 --objectives kd,dist --hard-weights 0.1,0.5 --student-epochs 16
// --student-learning-rate 0.2 --student-views 8 --baseline-views 0, one seed): dist, with half of the weight on the labels. The
// learning rate is twice the default: baselines do better with it in so few epochs.

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Experiments;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;

var isQuick = args.Contains("--quick");
var folder = Argument("--out") ?? (isQuick ? "runs/accuracy-vs-size-quick" : "runs/accuracy-vs-size");
var results = isQuick ? folder : Path.Combine(Path.GetDirectoryName(ThisFile())!, "results", "accuracy-vs-size");
string[] students = isQuick
    ? ["resnet8x0.125", "resnet8x0.25"]
    : ["resnet8x1.5", "airbenchx0.3125", "airbenchx0.125", "airbenchx0.0625", "resnet8x0.25", "airbenchx0.25", "resnet8x0.125", "airbenchx0.5"];

var recipe = new SweepRecipe
{
    Dataset = isQuick ? "shapes" : "cifar10",
    DataDirectory = isQuick ? null : Argument("--data"),
    Teacher = isQuick ? "resnet8x0.5" : "airbench",
    TeacherCount = isQuick ? 2 : 5,
    TeacherTraining = RecipeDefaults.Training("airbench", AugmentationOptions.CropAndFlip, isQuick ? 1 : 8),
    Students = [.. students.Select(student => Student(student, isQuick ? 1 : 16))],
    Objectives = ["dist"],
    HardWeights = [0.5],
    Seeds = isQuick ? [1] : [1, 2, 3],
};
var patient = recipe with { Students = [Student(students[0], isQuick ? 2 : 48)], Seeds = [1] };
var marathon = recipe with { Students = [Student(isQuick ? "resnet14x0.125" : "resnet14", isQuick ? 3 : 150, isQuick ? 2 : 30)], Seeds = [1], ViewSeed = 1 };

var pipeline = new SweepPipeline(DatasetRegistry.CreateDefault(), ModelRegistry.CreateDefault(), ObjectiveRegistry.CreateDefault(), TimeProvider.System);
var settings = new RunSettings { CommandLine = ["dotnet", "run", "experiments/accuracy-vs-size.cs", .. args] };
var isComplete = Do(recipe, folder, results);
if (Directory.Exists(Path.Combine(folder, StageKey.SoftTargets)))
{
    // The others have the first sweep's teachers, one its views as well: once there are answers, no teacher changes any more.
    foreach (var name in new[] { "teachers", StageKey.SoftTargets }) FolderCopy.AddMissing(Path.Combine(folder, name), Path.Combine($"{folder}-patient", name));
    FolderCopy.AddMissing(Path.Combine(folder, "teachers"), Path.Combine($"{folder}-marathon", "teachers"));
}

isComplete &= Do(patient, $"{folder}-patient", Path.Combine(results, "patient"));
isComplete &= Do(marathon, $"{folder}-marathon", Path.Combine(results, "marathon"));
return isComplete ? 0 : 1;

// A sweep, its table, its figure and its report; true where no run is missing.
bool Do(SweepRecipe sweep, string runs, string target)
{
    var progress = new ProgressLines(Console.WriteLine);
    if (args.Contains("--so-far"))
    {
        pipeline.Begin(sweep, runs, settings, progress);
        pipeline.RunStage(runs, StageKey.Table, settings, progress);
    }
    else
    {
        pipeline.Run(sweep, runs, settings, progress);
    }

    Directory.CreateDirectory(target);
    foreach (var name in new[] { "sweep.json", "sweep-results.json", "results.csv", "results.md" })
    {
        if (Path.GetFullPath(Path.Combine(runs, name)) != Path.GetFullPath(Path.Combine(target, name)))
        {
            File.Copy(Path.Combine(runs, name), Path.Combine(target, name), overwrite: true);
        }
    }

    var table = SweepResults.Read(Path.Combine(runs, "sweep-results.json"));
    foreach (var (command, file) in table.Rows.Count == 0 ? [] : new[] { ("plot", "accuracy-vs-size.svg"), ("report", "report.html") })
    {
        using var page = Process.Start("./ensemble", [command, runs, "--out", Path.GetRelativePath(".", Path.Combine(target, file))]);
        page.WaitForExit();
        if (page.ExitCode != 0) throw new InvalidOperationException($"./ensemble {command} ended with {page.ExitCode}");
    }

    Console.WriteLine(File.ReadAllText(Path.Combine(runs, "results.md")));
    return table.Missing.Count == 0;
}

SweepStudent Student(string student, int epochs, int? views = null)
{
    var training = RecipeDefaults.Training(student, AugmentationOptions.CropAndFlip, epochs) with { LearningRate = 0.2 };
    return new SweepStudent { Architecture = student, Training = training with { Views = new ViewOptions { Count = views ?? (isQuick ? 1 : 8) } }, BaselineTraining = training };
}

string? Argument(string name) => Array.IndexOf(args, name) is >= 0 and var place && place + 1 < args.Length ? args[place + 1] : null;

static string ThisFile([CallerFilePath] string path = "") => path;
