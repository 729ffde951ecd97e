using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>
/// The whole way: teachers, soft targets, baseline, student, evaluation, export where it is asked for, in a run folder. A stage that is done is not done
/// again, and a training goes on from its checkpoint, so that the same call continues a run that was stopped.
/// </summary>
/// <param name="datasets">The data sets by name.</param>
/// <param name="models">The architectures by name.</param>
/// <param name="objectives">The objectives by name.</param>
/// <param name="clock">Dates the run.</param>
public sealed class DistillationPipeline(DatasetRegistry datasets, ModelRegistry models, ObjectiveRegistry objectives, TimeProvider clock)
{
    private readonly RunContexts _contexts = new(datasets, models, objectives, clock);

    /// <summary>Everything that this library has by name, and the system's clock.</summary>
    public static DistillationPipeline CreateDefault() => new(
        DatasetRegistry.CreateDefault(), ModelRegistry.CreateDefault(), ObjectiveRegistry.CreateDefault(), TimeProvider.System);

    /// <summary>Does the run, or what is left of it.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where; a new or empty folder, or one in which this recipe was begun.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops between two steps; finished stages stay.</param>
    /// <returns>What results.json holds.</returns>
    /// <exception cref="ArgumentException">The recipe is out of range.</exception>
    /// <exception cref="EnsembleException">A name is unknown, data or machine are at fault, or a loss is not finite.</exception>
    public ResultsFile Run(
        DistillationRecipe recipe, string folder, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken = default)
    {
        using var context = _contexts.Open(recipe, () => RunFolder.Create(folder), settings, observer, cancellationToken);
        using var runLock = context.Run.Lock();
        var manifest = context.Run.Begin(_contexts.Manifest(context), recipe.TeacherCount);
        var stages = new RunStages(context, manifest);
        foreach (var key in context.Stages)
        {
            stages.Do(key);
        }

        return ResultsFile.Read(context.Run.ResultsPath);
    }

    /// <summary>Begins a run without doing any stage: run.json and the stages' folders.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where; a new or empty folder, or one in which this recipe was begun.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The stages' keys, in an order in which each has what it needs.</returns>
    /// <exception cref="ArgumentException">The recipe is out of range.</exception>
    /// <exception cref="EnsembleException">A name is unknown, or data or machine are at fault.</exception>
    public IReadOnlyList<string> Begin(
        DistillationRecipe recipe, string folder, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken = default)
    {
        using var context = _contexts.Open(recipe, () => RunFolder.Create(folder), settings, observer, cancellationToken);
        // A run that was begun is only held against the recipe, beside processes that do stages of it.
        using var runLock = context.Run.IsBegun ? context.Run.LockShared() : context.Run.Lock();
        context.Run.Begin(_contexts.Manifest(context), recipe.TeacherCount);
        return context.Stages;
    }

    /// <summary>Does one stage of a run that was begun, beside other processes that do others.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="key">The stage; see <see cref="StageKey"/>.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="UnknownNameException">The run has no such stage.</exception>
    /// <exception cref="EnsembleException">
    /// There is no run, its data are other ones by now, a stage that this one needs was not done, or another process does it.
    /// </exception>
    public void RunStage(string folder, string key, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken = default)
    {
        var run = RunFolder.Open(folder);
        var manifest = RunManifest.Read(run.ManifestPath);
        var recipe = manifest.ReadRecipe<DistillationRecipe>(run.ManifestPath);
        // Nobody need have asked for the export when the run was begun.
        var all = settings with { Export = settings.Export ?? new ExportRequest() };
        using var context = _contexts.Open(recipe, () => run, key == StageKey.Export ? all : settings, observer, cancellationToken);
        var known = (context with { Settings = all }).Stages;
        if (!known.Contains(key))
        {
            throw new UnknownNameException("stage", key, [.. known]);
        }

        using var sharedSweep = context.Sweep?.LockShared();
        using var shared = run.LockShared();
        run.Begin(_contexts.Manifest(context), recipe.TeacherCount);
        using var stageLock = StageLock.Acquire(run.RootPath, key, settings.Shard);
        new RunStages(context, manifest).Do(key);
    }
}
