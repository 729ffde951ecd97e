#:project Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// Three airbench networks (1,972,792 parameters each) compressed into one resnet8 of 78,042 on CIFAR-10, and the same resnet8
// trained alone, over three seeds. The teachers are trained once: the student of the second and third seed has the teachers of
// the first, other first weights, another order, and other views.
//
//     dotnet run -c Release experiments/cifar10-compress.cs [-- --data DIR] [--out DIR] [--quick]
//
// Start it in the repository's root: a recipe holds paths as they are written. The data are those of ./ensemble data download
// cifar10, or lie in DIR. The same command continues a run that was stopped. Records and the summary land in experiments/results/cifar10-compress; with
// --quick (a minute, drawn images, tiny networks) beside the runs instead.

using System.Runtime.CompilerServices;
using System.Text.Json;
using Ensemble.Data;
using Ensemble.Experiments;
using Ensemble.Export;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Runs;

const int Teachers = 3;
ulong[] seeds = [1, 2, 3];
var isQuick = args.Contains("--quick");
var runs = Argument("--out") ?? (isQuick ? "runs/cifar10-compress-quick" : "runs/cifar10-compress");
var results = isQuick ? runs : Path.Combine(Path.GetDirectoryName(ThisFile())!, "results", "cifar10-compress");

var first = new DistillationRecipe
{
    Dataset = isQuick ? "shapes" : "cifar10",
    DataDirectory = isQuick ? null : Argument("--data"),
    Teacher = isQuick ? "resnet8x0.5" : "airbench",
    TeacherCount = Teachers,
    Student = isQuick ? "resnet8x0.25" : "resnet8",
    TeacherTraining = RecipeDefaults.Training("airbench", AugmentationOptions.CropAndFlip, isQuick ? 1 : 8),
    StudentTraining = RecipeDefaults.Training("resnet8", AugmentationOptions.CropAndFlip, isQuick ? 1 : 24) with { Views = new ViewOptions { Count = isQuick ? 1 : 3 } },
    Seed = seeds[0],
};
var taught = first with
{
    Teacher = null,
    TeacherCount = 0,
    TeacherTraining = null,
    BroughtTeachers = [.. Enumerable.Range(0, Teachers).Select(index => new BroughtTeacher { Path = Path.Combine(runs, "seed-1", "teachers", $"{index}") })],
};

var pipeline = DistillationPipeline.CreateDefault();
var measured = new List<ResultsFile>();
foreach (var seed in seeds)
{
    var folder = Path.Combine(runs, $"seed-{seed}");
    var recipe = seed == seeds[0] ? first : taught with { Seed = seed };
    measured.Add(pipeline.Run(recipe, folder, new RunSettings { CommandLine = ["dotnet", "run", "experiments/cifar10-compress.cs", .. args] }, new ProgressLines(Console.WriteLine)));
    foreach (var name in new[] { "run.json", "results.json" })
    {
        var target = Path.Combine(results, $"seed-{seed}", name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (Path.Combine(folder, name) != target)
        {
            File.Copy(Path.Combine(folder, name), target, overwrite: true);
        }
    }
}

if (!isQuick)
{
    Export(first, Path.Combine(runs, "seed-1"), Path.Combine(results, "seed-1", "export"));
}

var baselines = Accuracies(ModelRole.Baseline);
var students = Accuracies(ModelRole.Student);
var summary = new
{
    Seeds = seeds,
    Ensemble = measured[0].Models.Single(model => model.Role == ModelRole.Ensemble).Accuracy,
    Teachers = measured[0].Models.Where(model => model.Role == ModelRole.Teacher).Select(model => model.Accuracy),
    StudentParameters = measured[0].Models.Single(model => model.Role == ModelRole.Student).Parameters,
    BaselineMean = baselines.Average(),
    BaselineStandardDeviation = Deviation(baselines),
    StudentMean = students.Average(),
    StudentStandardDeviation = Deviation(students),
    Gain = students.Average() - baselines.Average(),
    GainKept = measured.Select(run => run.Models.Single(model => model.Role == ModelRole.Student).GainKept),
    DeviceHours = measured.Sum(run => run.Cost!.DeviceHours),
};
var json = JsonSerializer.Serialize(summary, new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
File.WriteAllText(Path.Combine(results, "summary.json"), json + "\n");
Console.WriteLine(json);

// The first seed's student as files, each held against the original on every test image by ONNX Runtime.
static void Export(DistillationRecipe recipe, string run, string results)
{
    var source = new ExportSource
    {
        Name = "student",
        Folder = Path.Combine(run, "student"),
        Splits = DatasetRegistry.CreateDefault().Load(recipe.Dataset, recipe.ToDatasetRequest()),
        Result = ResultsFile.Read(Path.Combine(run, "results.json")).Models.Single(model => model.Role == ModelRole.Student),
    };
    (string Name, ExportOptions Options)[] files =
    [
        ("fp32", new ExportOptions()),
        ("fp16", new ExportOptions { Precision = ExportPrecision.Fp16 }),
        .. Enum.GetValues<CalibrationMethod>().Select(method => (
            $"int8-{method.ToString().ToLowerInvariant()}", new ExportOptions { Precision = ExportPrecision.Int8, Calibration = method })),
    ];
    foreach (var (name, options) in files)
    {
        var folder = Path.Combine(run, "export", name);
        new ModelExporter(ModelRegistry.CreateDefault()).Export(source, options with { ParityImages = source.Splits.Test.Count }, folder, Console.WriteLine);
        Directory.CreateDirectory(Path.Combine(results, name));
        File.Copy(Path.Combine(folder, "parity.json"), Path.Combine(results, name, "parity.json"), overwrite: true);
    }
}

double[] Accuracies(ModelRole role) => [.. measured.Select(run => run.Models.Single(model => model.Role == role).Accuracy)];

// Of a sample: over n - 1.
static double Deviation(double[] values) => Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));

string? Argument(string name) => Array.IndexOf(args, name) is >= 0 and var place && place + 1 < args.Length ? args[place + 1] : null;

static string ThisFile([CallerFilePath] string path = "") => path;
