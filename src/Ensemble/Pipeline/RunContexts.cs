using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>Makes what the stages of runs work with.</summary>
/// <param name="datasets">The data sets by name.</param>
/// <param name="models">The architectures by name.</param>
/// <param name="objectives">The objectives by name.</param>
/// <param name="clock">Dates the runs.</param>
internal sealed class RunContexts(DatasetRegistry datasets, ModelRegistry models, ObjectiveRegistry objectives, TimeProvider clock)
{
    /// <summary>Opens a run by itself, after reading its data.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="openRun">Opens the folder, once recipe and data are known to be good.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The context, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The recipe or a setting is out of range.</exception>
    /// <exception cref="EnsembleException">A name is unknown, or data or machine are at fault.</exception>
    public RunContext Open(DistillationRecipe recipe, Func<RunFolder> openRun, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken)
    {
        settings.Validate();
        RequireNames(recipe);
        var data = LoadedData.Read(datasets, recipe, cancellationToken);
        LateTeachers? brought = null;
        try
        {
            RequireArchitectures(recipe, data);
            var isPartOfSweep = recipe.SharedFolder is not null;
            brought = isPartOfSweep ? null : Bring(recipe.BroughtTeachers ?? [], data);
            // A sweep's may not be trained yet, where a stage needs none.
            _ = brought?.Value;
            var run = openRun();
            var sweep = isPartOfSweep ? SweepFolder.Open(Path.GetFullPath(recipe.SharedFolder!, run.RootPath)) : null;
            brought ??= Bring(sweep!.Resolve(recipe.BroughtTeachers ?? []), data);
            var context = Create(recipe, run, sweep, data, brought, settings, observer, cancellationToken) with { OwnsParts = true };
            observer.DataRead(data.Description);
            return context;
        }
        catch
        {
            brought?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <summary>Puts a run together from parts that others have too.</summary>
    /// <param name="recipe">What to do; its names are known to be good.</param>
    /// <param name="run">Where.</param>
    /// <param name="sweep">The sweep that it is a part of; null for none.</param>
    /// <param name="data">The images.</param>
    /// <param name="brought">The teachers that it does not train.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops.</param>
    public RunContext Create(
        DistillationRecipe recipe,
        RunFolder run,
        SweepFolder? sweep,
        LoadedData data,
        LateTeachers brought,
        RunSettings settings,
        IPipelineObserver observer,
        CancellationToken cancellationToken) => new()
        {
            Data = data,
            Teaching = brought,
            Recipe = recipe,
            Run = run,
            Sweep = sweep,
            Models = models,
            Objective = CreateObjective(recipe),
            Settings = settings,
            Clock = clock,
            Observer = observer,
            CancellationToken = cancellationToken,
        };

    /// <summary>Reads the data of a recipe.</summary>
    public LoadedData ReadData(DistillationRecipe recipe, CancellationToken cancellationToken) => LoadedData.Read(datasets, recipe, cancellationToken);

    /// <summary>Teachers that are read when they are first asked for; the caller disposes them.</summary>
    /// <param name="teachers">What the recipe names.</param>
    /// <param name="data">The images.</param>
    public LateTeachers Bring(IReadOnlyList<BroughtTeacher> teachers, LoadedData data) =>
        new(() => new BroughtTeachers(teachers, models, data.Splits.Train, data.Normalisation, data.Device));

    /// <summary>Holds what can be known before the data are read, which may take long.</summary>
    /// <exception cref="ArgumentException">The recipe is out of range.</exception>
    /// <exception cref="EnsembleException">A name is unknown, or the machine lacks the device.</exception>
    public void RequireNames(DistillationRecipe recipe)
    {
        recipe.Validate();
        FeatureSupport.RequireLiveTeachers(CreateObjective(recipe), recipe.StudentTraining.Views);
        DeviceSelector.Resolve(recipe.Device);
        foreach (var name in Architectures(recipe))
        {
            models.Require(name);
        }
    }

    /// <summary>Holds the architectures against the images' shape.</summary>
    /// <exception cref="EnsembleException">One cannot take them, or has not what the objective asks for.</exception>
    public void RequireArchitectures(DistillationRecipe recipe, LoadedData data)
    {
        var objective = CreateObjective(recipe);
        foreach (var name in Architectures(recipe))
        {
            using var network = models.Create(name, data.Splits.Train.Shape, data.Splits.Train.ClassCount, 0);
            if (recipe.HasTeachers)
            {
                FeatureSupport.RequireStages(objective, name, network);
            }
        }
    }

    /// <summary>What run.json is to hold.</summary>
    public RunManifest Manifest(RunContext context) => ManifestOf(
        RunManifest.ToRecipeElement(context.Recipe), new Dictionary<string, ulong> { ["run"] = context.Recipe.Seed }, context.Data, context.Settings);

    /// <summary>What the run.json of a run, or the sweep.json of a sweep, is to hold.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="seeds">Its seeds by name.</param>
    /// <param name="data">The images.</param>
    /// <param name="settings">The command.</param>
    public RunManifest ManifestOf(System.Text.Json.JsonElement recipe, IReadOnlyDictionary<string, ulong> seeds, LoadedData data, RunSettings settings) => new()
    {
        Recipe = recipe,
        Seeds = seeds,
        Versions = new Dictionary<string, string>
        {
            ["ensemble"] = typeof(DistillationPipeline).Assembly.GetName().Version!.ToString(3),
            ["libtorch"] = data.Machine.LibtorchVersion,
            ["dotnet"] = data.Machine.DotNetVersion,
        },
        Machine = data.Machine,
        Dataset = DatasetRecords.Of(data.Splits),
        CreatedUtc = clock.GetUtcNow(),
        CommandLine = settings.CommandLine,
    };

    private static string[] Architectures(DistillationRecipe recipe) =>
        recipe.TeacherCount > 0 ? [recipe.Teacher!, recipe.Student] : [recipe.Student];

    private IObjective CreateObjective(DistillationRecipe recipe) =>
        objectives.Create(recipe.Objective, recipe.ObjectiveOptions with { LabelSmoothing = recipe.StudentTraining.LabelSmoothing });
}
