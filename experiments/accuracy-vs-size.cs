#:project Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// How small can one go on CIFAR-10, and what does the ensemble buy? Five airbench networks (1,972,792 parameters each) are
// trained once; students of six sizes over two orders of magnitude are trained alone and distilled from the five.
//
//     dotnet run -c Release experiments/accuracy-vs-size.cs [-- --data DIR] [--out DIR] [--so-far] [--quick]
//
// Start it in the repository's root. The data are those of ./ensemble data download cifar10, or lie in DIR. The same command
// continues a sweep that was stopped, seed by seed; --so-far trains nothing, and makes table, figure and report of what is done.
// They land with the sweep's recipe in experiments/results/accuracy-vs-size; with --quick (a minute, drawn images, tiny networks)
// beside the runs instead.
//
// Baselines see a new view of every image in each epoch, as one would train them without teachers; students see eight views of
// each twice, whose answers are stored once for all of them. The learning rate is above the default because an airbenchx0.25
// alone does better so in few epochs, on 5,000 validation images (./ensemble train --data cifar10 --validation 5000).

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Experiments;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Training;

var isQuick = args.Contains("--quick");
var folder = Argument("--out") ?? (isQuick ? "runs/accuracy-vs-size-quick" : "runs/accuracy-vs-size");
var results = isQuick ? folder : Path.Combine(Path.GetDirectoryName(ThisFile())!, "results", "accuracy-vs-size");
string[] students = isQuick
    ? ["resnet8x0.125", "resnet8x0.25"]
    : ["airbenchx0.3125", "airbenchx0.125", "airbenchx0.0625", "resnet8x0.25", "airbenchx0.25", "airbenchx0.5"];

var recipe = new SweepRecipe
{
    Dataset = isQuick ? "shapes" : "cifar10",
    DataDirectory = isQuick ? null : Argument("--data"),
    Teacher = isQuick ? "resnet8x0.5" : "airbench",
    TeacherCount = isQuick ? 2 : 5,
    TeacherTraining = RecipeDefaults.Training("airbench", AugmentationOptions.CropAndFlip, isQuick ? 1 : 8),
    Students =
    [
        .. students.Select(student => new SweepStudent
        {
            Architecture = student,
            Training = Training(student) with { Views = new ViewOptions { Count = isQuick ? 1 : 8 } },
            BaselineTraining = Training(student),
        }),
    ],
    Seeds = isQuick ? [1] : [1, 2, 3],
};

var pipeline = new SweepPipeline(DatasetRegistry.CreateDefault(), ModelRegistry.CreateDefault(), ObjectiveRegistry.CreateDefault(), TimeProvider.System);
var settings = new RunSettings { CommandLine = ["dotnet", "run", "experiments/accuracy-vs-size.cs", .. args] };
if (args.Contains("--so-far"))
{
    pipeline.RunStage(folder, StageKey.Table, settings, new ProgressLines(Console.WriteLine));
}
else
{
    pipeline.Run(recipe, folder, settings, new ProgressLines(Console.WriteLine));
}

Directory.CreateDirectory(results);
foreach (var name in new[] { "sweep.json", "sweep-results.json", "results.csv", "results.md" })
{
    if (Path.GetFullPath(Path.Combine(folder, name)) != Path.GetFullPath(Path.Combine(results, name)))
    {
        File.Copy(Path.Combine(folder, name), Path.Combine(results, name), overwrite: true);
    }
}

foreach (var (command, file) in new[] { ("plot", "accuracy-vs-size.svg"), ("report", "report.html") })
{
    using var page = Process.Start("./ensemble", [command, folder, "--out", Path.Combine(results, file)]);
    page.WaitForExit();
    if (page.ExitCode != 0) throw new InvalidOperationException($"./ensemble {command} ended with {page.ExitCode}");
}

Console.WriteLine(File.ReadAllText(Path.Combine(folder, "results.md")));
return SweepResults.Read(Path.Combine(folder, "sweep-results.json")).Missing.Count == 0 ? 0 : 1;

TrainingOptions Training(string student) => RecipeDefaults.Training(student, AugmentationOptions.CropAndFlip, isQuick ? 1 : 16) with { LearningRate = 0.2 };

string? Argument(string name) => Array.IndexOf(args, name) is >= 0 and var place && place + 1 < args.Length ? args[place + 1] : null;

static string ThisFile([CallerFilePath] string path = "") => path;
