using Ensemble.Data;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;
using Ensemble.Teachers;

namespace Ensemble.Scheduling;

/// <summary>Reads from the folders of a run or sweep how far its planned stages are.</summary>
public sealed class StageProgress
{
    private readonly Dictionary<string, (RunFolder Run, DistillationRecipe Recipe)> _runs = [];

    /// <summary>How far a stage is, as its folder tells.</summary>
    /// <param name="stage">The stage.</param>
    /// <exception cref="DataFaultException">A file of the stage is damaged.</exception>
    public StageStatus Read(PlannedStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        if (stage.Key == StageKey.Table)
        {
            return Table(stage);
        }

        var (run, recipe) = Open(stage.Folder);
        var whole = stage.Export is { } export ? RunStatus.Export(run, [export]) : RunStatus.Read(run, recipe, stage.Key);
        if (stage.Shard is not { } shard || whole.State == StageState.Done)
        {
            return whole;
        }

        return stage.Key == StageKey.SoftTargets ? SoftTargets(run, recipe, shard) : Evaluation(stage, shard);
    }

    private static StageStatus SoftTargets(RunFolder run, DistillationRecipe recipe, SampleShard shard)
    {
        var views = recipe.StudentTraining.Views;
        var done = views.Count - new SoftTargetShards(run.SoftTargetsPath).MissingViews(shard, views).Count;
        var state = done == views.Count ? StageState.Done : done > 0 ? StageState.Begun : StageState.Waiting;
        return new StageStatus { Key = StageKey.SoftTargets, State = state, DoneParts = done, AllParts = views.Count };
    }

    private static StageStatus Evaluation(PlannedStage stage, SampleShard shard)
    {
        var parts = new EvaluationParts(Path.Combine(stage.Folder, stage.Key));
        return new StageStatus { Key = stage.Key, State = parts.HasRecord(shard) ? StageState.Done : StageState.Waiting, Seconds = StageTimer.Read(parts.PathOf(shard)) };
    }

    private static StageStatus Table(PlannedStage stage)
    {
        var path = SweepFolder.Open(stage.Folder).ResultsPath;
        var isDone = File.Exists(path) && SweepResults.Read(path).Missing.Count == 0;
        return new StageStatus { Key = stage.Key, State = isDone ? StageState.Done : StageState.Waiting };
    }

    private (RunFolder Run, DistillationRecipe Recipe) Open(string folder)
    {
        if (!_runs.TryGetValue(folder, out var found))
        {
            found = SweepFolder.IsOne(folder) ? OpenSweep(folder) : OpenRun(folder);
            _runs.Add(folder, found);
        }

        return found;
    }

    private static (RunFolder Run, DistillationRecipe Recipe) OpenRun(string folder)
    {
        var run = RunFolder.Open(folder);
        return (run, RunManifest.Read(run.ManifestPath).ReadRecipe<DistillationRecipe>(run.ManifestPath));
    }

    private static (RunFolder Run, DistillationRecipe Recipe) OpenSweep(string folder)
    {
        var sweep = SweepFolder.Open(folder);
        var recipe = RunManifest.Read(sweep.ManifestPath).ReadRecipe<SweepRecipe>(sweep.ManifestPath);
        return (sweep.Shared, SweepCells.TeacherRecipe(recipe));
    }
}
