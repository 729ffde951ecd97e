using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>
/// The whole way once: teachers, baseline, student, evaluation, in a run folder. A stage that is done is not done again, so
/// that the same call continues a run that was stopped.
/// </summary>
public sealed class DistillationPipeline
{
    private readonly DatasetRegistry _datasets;
    private readonly ModelRegistry _models;
    private readonly ObjectiveRegistry _objectives;
    private readonly TimeProvider _clock;

    /// <param name="datasets">The data sets by name.</param>
    /// <param name="models">The architectures by name.</param>
    /// <param name="objectives">The objectives by name.</param>
    /// <param name="clock">Dates the run.</param>
    public DistillationPipeline(DatasetRegistry datasets, ModelRegistry models, ObjectiveRegistry objectives, TimeProvider clock)
    {
        _datasets = datasets;
        _models = models;
        _objectives = objectives;
        _clock = clock;
    }

    /// <summary>Everything that this library has by name, and the system's clock.</summary>
    public static DistillationPipeline CreateDefault() => new(
        DatasetRegistry.CreateDefault(), ModelRegistry.CreateDefault(), ObjectiveRegistry.CreateDefault(), TimeProvider.System);

    /// <summary>Does the run, or what is left of it.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where; a new or empty folder, or one in which this recipe was begun.</param>
    /// <param name="commandLine">What a person typed, for the record.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops between two steps; finished stages stay.</param>
    /// <returns>What results.json holds.</returns>
    /// <exception cref="ArgumentException">The recipe is out of range.</exception>
    /// <exception cref="EnsembleException">A name is unknown, data or machine are at fault, or a loss is not finite.</exception>
    public ResultsFile Run(
        DistillationRecipe recipe,
        string folder,
        IReadOnlyList<string> commandLine,
        IPipelineObserver observer,
        CancellationToken cancellationToken = default)
    {
        recipe.Validate();
        var objective = _objectives.Create(recipe.Objective, recipe.ObjectiveOptions);
        var device = DeviceSelector.Resolve(recipe.Device);
        var machine = MachineInfo.Read(torch.__version__, device.ToString());
        var splits = _datasets.Load(recipe.Dataset, recipe.ToDatasetRequest() with { CancellationToken = cancellationToken });
        RequireArchitectures(recipe, splits.Train);
        var run = RunFolder.Create(folder);
        using var runLock = run.Lock();
        var manifest = run.Begin(Manifest(recipe, splits, machine, commandLine), recipe.TeacherCount);
        observer.DataRead($"{splits.Name}: {splits.Train.Count} training and {splits.Test.Count} test images of {splits.Train.Shape}, {splits.Train.ClassCount} classes");
        using var stages = new StageRunner(recipe, splits, run.SoftTargetsPath, device, machine, _models, observer, cancellationToken);
        return Run(recipe, run, stages, objective, manifest, machine);
    }

    private ResultsFile Run(DistillationRecipe recipe, RunFolder run, StageRunner stages, IObjective objective, RunManifest manifest, MachineInfo machine)
    {
        var members = Enumerable.Range(0, recipe.TeacherCount)
            .Select(index => stages.Train(
                new StagePlan($"teacher {index + 1} of {recipe.TeacherCount}", recipe.Teacher, ModelRole.Teacher, run.TeacherPath(index), recipe.TeacherTraining, index), new HardLabels(), []))
            .ToArray();
        var baseline = stages.Train(
            new StagePlan("baseline", recipe.Student, ModelRole.Baseline, run.BaselinePath, recipe.StudentTraining, 0), new HardLabels(), []);
        var student = stages.Train(
            new StagePlan("student", recipe.Student, ModelRole.Student, run.StudentPath, recipe.StudentTraining, 0), objective, members);
        var models = stages.Evaluate([.. members, baseline, student]);
        var results = new ResultsFile
        {
            Recipe = manifest.RecipeHash,
            Dataset = manifest.Dataset.Name,
            Seed = recipe.Seed,
            Hardware = machine,
            Versions = manifest.Versions,
            CreatedUtc = _clock.GetUtcNow(),
            Models = models,
        };
        results.Write(run.ResultsPath);
        return results;
    }

    private void RequireArchitectures(DistillationRecipe recipe, ImageDataset train)
    {
        foreach (var name in new[] { recipe.Teacher, recipe.Student })
        {
            _models.Create(name, train.Shape, train.ClassCount, 0).Dispose();
        }
    }

    private RunManifest Manifest(DistillationRecipe recipe, DatasetSplits splits, MachineInfo machine, IReadOnlyList<string> commandLine) => new()
    {
        Recipe = RunManifest.ToRecipeElement(recipe),
        Seeds = new Dictionary<string, ulong> { ["run"] = recipe.Seed },
        Versions = new Dictionary<string, string>
        {
            ["ensemble"] = typeof(DistillationPipeline).Assembly.GetName().Version!.ToString(3),
            ["libtorch"] = machine.LibtorchVersion,
            ["dotnet"] = machine.DotNetVersion,
        },
        Machine = machine,
        Dataset = new DatasetRecord
        {
            Name = splits.Name,
            Checksum = CanonicalJson.Hash(new[] { splits.Train.Checksum, splits.Test.Checksum }),
            Counts = new Dictionary<string, int> { ["train"] = splits.Train.Count, ["test"] = splits.Test.Count },
        },
        CreatedUtc = _clock.GetUtcNow(),
        CommandLine = commandLine,
    };
}
