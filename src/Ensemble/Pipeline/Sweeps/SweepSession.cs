using Ensemble.Distillation;
using Ensemble.Runs;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>A sweep in one process: data, teachers and images on the device are there once, whatever the number of runs.</summary>
internal sealed class SweepSession : IDisposable
{
    private readonly SweepRecipe _recipe;
    private readonly RunContexts _contexts;
    private readonly RunSettings _settings;
    private readonly IPipelineObserver _observer;
    private readonly CancellationToken _cancellationToken;
    private readonly LoadedData _data;
    private readonly LateTeachers _teachers;

    private SweepSession(
        SweepRecipe recipe, SweepFolder folder, RunContexts contexts, ObjectiveRegistry objectives, LoadedData data, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken)
    {
        (_recipe, Folder, _contexts, _data, _settings, _observer, _cancellationToken) = (recipe, folder, contexts, data, settings, observer, cancellationToken);
        Cells = SweepCells.Of(recipe);
        SharedKeys = SweepKeys.Shared(recipe, objectives);
        _teachers = contexts.Bring(folder.Resolve(Cells[0].Recipe.BroughtTeachers!), data);
    }

    /// <summary>Where.</summary>
    public SweepFolder Folder { get; }

    /// <summary>The runs, in order.</summary>
    public IReadOnlyList<SweepCell> Cells { get; }

    /// <summary>The stages of what the runs share, in order.</summary>
    public IReadOnlyList<string> SharedKeys { get; }

    /// <summary>The stages of the sweep.</summary>
    public IReadOnlyList<SweepStage> Plan => SweepPlan.Of(Folder, SharedKeys, [.. Cells.Select(cell => (cell, KeysOf(cell)))]);

    /// <summary>Opens a sweep, after reading its data.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="openFolder">Opens the folder, once recipe and data are known to be good.</param>
    /// <param name="contexts">Makes what stages work with.</param>
    /// <param name="objectives">The objectives by name.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ArgumentException">The recipe or a setting is out of range.</exception>
    /// <exception cref="EnsembleException">A name is unknown, or data or machine are at fault.</exception>
    public static SweepSession Open(
        SweepRecipe recipe,
        Func<SweepFolder> openFolder,
        RunContexts contexts,
        ObjectiveRegistry objectives,
        RunSettings settings,
        IPipelineObserver observer,
        CancellationToken cancellationToken)
    {
        recipe.Validate();
        settings.Validate();
        var kinds = SweepCells.Of(recipe with { Seeds = [recipe.Seeds[0]] }).Select(cell => cell.Recipe).DistinctBy(cell => (cell.Student, cell.Objective)).ToArray();
        DistillationRecipe[] representatives = [SweepCells.TeacherRecipe(recipe), .. kinds];
        foreach (var representative in representatives)
        {
            contexts.RequireNames(representative);
        }

        var data = contexts.ReadData(representatives[0], cancellationToken);
        try
        {
            foreach (var representative in representatives)
            {
                contexts.RequireArchitectures(representative, data);
            }

            var session = new SweepSession(recipe, openFolder(), contexts, objectives, data, settings, observer, cancellationToken);
            observer.DataRead(data.Description);
            return session;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Writes sweep.json, or holds the one that is there against the recipe.</summary>
    public RunManifest Begin()
    {
        var seeds = new Dictionary<string, ulong> { ["sweep"] = _recipe.Seed };
        return Folder.Begin(_contexts.ManifestOf(RunManifest.ToRecipeElement(_recipe), seeds, _data, _settings));
    }

    /// <summary>Does a stage of what the runs share.</summary>
    /// <param name="key">One of <see cref="SharedKeys"/>.</param>
    public void DoShared(string key)
    {
        // The teachers are trained as in any run; what comes of them is asked of them as of teachers that were brought along,
        // for that is what they are to the sweep's runs.
        var isTeacher = StageKey.TeacherIndex(key) is not null;
        var recipe = isTeacher ? SweepCells.TeacherRecipe(_recipe) : Cells[0].Recipe with { SharedFolder = null };
        using var context = Context(recipe, Folder.Shared, sweep: null, new StageNumbering("", SharedKeys, 0, StageCount));
        new RunStages(context, _contexts.Manifest(context)).Do(key);
    }

    /// <summary>Makes a run's folder with its run.json.</summary>
    public void BeginCell(SweepCell cell)
    {
        using var context = Context(cell);
        using var runLock = context.Run.IsBegun ? context.Run.LockShared() : context.Run.Lock();
        Begin(context);
    }

    /// <summary>Does a run, or what is left of it, but for its export.</summary>
    public void DoCell(SweepCell cell) => Do(cell, KeysOf(cell).Where(key => key != StageKey.Export));

    /// <summary>Exports the student of a run that is done, where that is asked for.</summary>
    public void ExportCell(SweepCell cell) => Do(cell, KeysOf(cell).Where(key => key == StageKey.Export));

    /// <inheritdoc/>
    public void Dispose()
    {
        _teachers.Dispose();
        _data.Dispose();
    }

    private void Do(SweepCell cell, IEnumerable<string> keys)
    {
        using var context = Context(cell);
        using var runLock = context.Run.Lock();
        var stages = new RunStages(context, Begin(context));
        foreach (var key in keys)
        {
            stages.Do(key);
        }
    }

    private IReadOnlyList<string> KeysOf(SweepCell cell) => SweepKeys.Cell(cell, _settings.Export is not null);

    private int StageCount => SharedKeys.Count + Cells.Sum(cell => KeysOf(cell).Count);

    private RunContext Context(SweepCell cell)
    {
        var before = SharedKeys.Count + Cells.TakeWhile(other => other.Name != cell.Name).Sum(other => KeysOf(other).Count);
        return Context(cell.Recipe, RunFolder.At(Folder.RunPath(cell.Name)), Folder, new StageNumbering(cell.Name, KeysOf(cell), before, StageCount));
    }

    private RunContext Context(DistillationRecipe recipe, RunFolder run, SweepFolder? sweep, StageNumbering numbering) =>
        _contexts.Create(recipe, run, sweep, _data, _teachers, _settings, _observer, _cancellationToken) with { Numbering = numbering };

    // A run of the same recipe that was made elsewhere and copied here becomes the sweep's.
    private RunManifest Begin(RunContext context)
    {
        var manifest = _contexts.Manifest(context);
        if (context.Run.IsBegun)
        {
            var found = RunManifest.Read(context.Run.ManifestPath);
            if (found.RecipeHash != manifest.RecipeHash
                && found.Dataset.Checksum == manifest.Dataset.Checksum
                && SweepCells.IsSameElsewhere(context.Recipe, found.ReadRecipe<DistillationRecipe>(context.Run.ManifestPath)))
            {
                manifest.Write(context.Run.ManifestPath);
            }
        }

        return context.Run.Begin(manifest, 0);
    }
}
