using System.Runtime.ExceptionServices;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>
/// One set of teachers, one store of their answers, many students. What is done is not done again, so that the same call
/// continues a sweep that was stopped.
/// </summary>
/// <param name="datasets">The data sets by name.</param>
/// <param name="models">The architectures by name.</param>
/// <param name="objectives">The objectives by name.</param>
/// <param name="clock">Dates the sweep.</param>
public sealed class SweepPipeline(DatasetRegistry datasets, ModelRegistry models, ObjectiveRegistry objectives, TimeProvider clock)
{
    private readonly RunContexts _contexts = new(datasets, models, objectives, clock);

    /// <summary>Does the sweep, or what is left of it. A run that fails is told in the results; the others go on.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where; a new or empty folder, or one in which this sweep was begun.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops between two steps; finished stages stay.</param>
    /// <returns>What sweep-results.json holds.</returns>
    /// <exception cref="ArgumentException">The recipe is out of range.</exception>
    /// <exception cref="EnsembleException">
    /// A name is unknown, data or machine are at fault, a teacher's loss is not finite; or, once all runs are done and the table is written,
    /// the first export that failed.
    /// </exception>
    public SweepResults Run(SweepRecipe recipe, string folder, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken = default)
    {
        using var session = Open(recipe, () => SweepFolder.Create(folder), settings, observer, cancellationToken);
        using var sweepLock = session.Folder.Lock();
        var manifest = session.Begin();
        foreach (var key in session.SharedKeys)
        {
            session.DoShared(key);
        }

        var failures = new Dictionary<string, string>();
        ExceptionDispatchInfo? exportFailure = null;
        foreach (var cell in session.Cells)
        {
            try
            {
                session.DoCell(cell);
            }
            catch (EnsembleException exception)
            {
                failures.Add(cell.Name, exception.Message);
                continue;
            }

            try
            {
                session.ExportCell(cell);
            }
            catch (EnsembleException exception)
            {
                // The run itself is done, and is in the table.
                exportFailure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        var results = Write(session.Folder, recipe, manifest, failures, settings);
        exportFailure?.Throw();
        return results;
    }

    /// <summary>Begins a sweep without doing any stage: sweep.json, and the folder of every run.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where; a new or empty folder, or one in which this sweep was begun.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>The stages, in an order in which each has what it needs.</returns>
    /// <exception cref="ArgumentException">The recipe is out of range.</exception>
    /// <exception cref="EnsembleException">A name is unknown, or data or machine are at fault.</exception>
    public IReadOnlyList<SweepStage> Begin(SweepRecipe recipe, string folder, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken = default)
    {
        using var session = Open(recipe, () => SweepFolder.Create(folder), settings, observer, cancellationToken);
        // A sweep that was begun is only held against the recipe, beside processes that do stages of it.
        using var sweepLock = SweepFolder.IsOne(folder) ? session.Folder.LockShared() : session.Folder.Lock();
        session.Begin();
        foreach (var cell in session.Cells)
        {
            session.BeginCell(cell);
        }

        return session.Plan;
    }

    /// <summary>Does one stage of what the runs of a sweep share, or its table, beside other processes that do others.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="key">The stage: a teacher, the soft targets, the ensemble, or the table.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="UnknownNameException">The sweep has no such stage.</exception>
    /// <exception cref="EnsembleException">
    /// There is no sweep, its data are other ones by now, a stage that this one needs was not done, or another process does it.
    /// </exception>
    public void RunStage(string folder, string key, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken = default)
    {
        var sweep = SweepFolder.Open(folder);
        var (manifest, recipe) = Read(sweep);
        IReadOnlyList<string> known = [.. SweepKeys.Shared(recipe, objectives), StageKey.Table];
        if (!known.Contains(key))
        {
            throw new UnknownNameException("stage", key, known);
        }

        if (key == StageKey.Table)
        {
            using var beside = sweep.LockShared();
            Write(sweep, recipe, manifest, new Dictionary<string, string>(), settings);
            return;
        }

        using var session = Open(recipe, () => sweep, settings, observer, cancellationToken);
        using var shared = sweep.LockShared();
        session.Begin();
        using var stageLock = StageLock.Acquire(sweep.RootPath, key, settings.Shard);
        session.DoShared(key);
    }

    /// <summary>Gathers what the runs of a sweep came to so far, and writes nothing.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <exception cref="DataFaultException">There is no sweep, or a file of it is damaged.</exception>
    public SweepResults Gather(string folder)
    {
        var sweep = SweepFolder.Open(folder);
        var (manifest, recipe) = Read(sweep);
        return new SweepGatherer(sweep, recipe, manifest, objectives).Gather(new Dictionary<string, string>(), hourlyRate: null, clock.GetUtcNow());
    }

    private static (RunManifest Manifest, SweepRecipe Recipe) Read(SweepFolder sweep)
    {
        var manifest = RunManifest.Read(sweep.ManifestPath);
        return (manifest, manifest.ReadRecipe<SweepRecipe>(sweep.ManifestPath));
    }

    private SweepSession Open(SweepRecipe recipe, Func<SweepFolder> openFolder, RunSettings settings, IPipelineObserver observer, CancellationToken cancellationToken) =>
        SweepSession.Open(recipe, openFolder, _contexts, objectives, settings, observer, cancellationToken);

    private SweepResults Write(SweepFolder sweep, SweepRecipe recipe, RunManifest manifest, Dictionary<string, string> failures, RunSettings settings)
    {
        var results = new SweepGatherer(sweep, recipe, manifest, objectives).Gather(failures, settings.HourlyRate, clock.GetUtcNow());
        results.Write(sweep.ResultsPath);
        AtomicFile.WriteText(sweep.CsvPath, SweepText.ToCsv(results));
        AtomicFile.WriteText(sweep.MarkdownPath, SweepText.ToMarkdown(results));
        return results;
    }
}
