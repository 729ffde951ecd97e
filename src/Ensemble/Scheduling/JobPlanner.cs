using System.Globalization;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;

namespace Ensemble.Scheduling;

/// <summary>Makes the plan of a run or sweep that was begun, from its folder alone.</summary>
/// <param name="objectives">The objectives by name.</param>
public sealed class JobPlanner(ObjectiveRegistry objectives)
{
    private const string Teachers = "teachers";
    private const string SoftTargetShards = "soft-target-shards";

    /// <summary>Plans.</summary>
    /// <param name="folder">The folder of a run or a sweep.</param>
    /// <param name="layout">How the stages become jobs.</param>
    /// <exception cref="ArgumentException">The layout is out of range.</exception>
    /// <exception cref="DataFaultException">There is no run, or its run.json is damaged.</exception>
    public JobPlan Read(string folder, JobLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        var root = Path.GetFullPath(folder);
        var exports = layout.Export is not null;
        var stages = SweepFolder.IsOne(root) ? OfSweep(root, exports) : OfRun(root, exports);
        return Plan(root, stages, layout);
    }

    private IReadOnlyList<SweepStage> OfSweep(string root, bool exports)
    {
        var sweep = SweepFolder.Open(root);
        var recipe = RunManifest.Read(sweep.ManifestPath).ReadRecipe<SweepRecipe>(sweep.ManifestPath);
        return SweepPlan.Of(sweep, SweepKeys.Shared(recipe, objectives), [.. SweepCells.Of(recipe).Select(cell => (cell, SweepKeys.Cell(cell, exports)))]);
    }

    private List<SweepStage> OfRun(string root, bool exports)
    {
        string[] recipe = [.. RunStatus.Read(root, objectives).Stages.Select(stage => stage.Key).Where(key => key != StageKey.Export)];
        string[] keys = [.. recipe, .. exports && recipe.Contains(StageKey.Student) ? new[] { StageKey.Export } : []];
        var places = Enumerable.Range(0, keys.Length).ToArray();
        int[] teachers = [.. places.Where(place => StageKey.TeacherIndex(keys[place]) is not null)];
        int[] taught = [.. teachers, .. places.Where(place => keys[place] == StageKey.SoftTargets)];
        return [.. keys.Select((key, place) => new SweepStage(root, key, key switch
        {
            StageKey.SoftTargets => teachers,
            StageKey.Student => taught,
            StageKey.Evaluation => [.. places.Where(other => other < place)],
            StageKey.Export => [place - 1],
            _ => [],
        }))];
    }

    private static JobPlan Plan(string root, IReadOnlyList<SweepStage> stages, JobLayout layout)
    {
        string[] names = [.. stages.Select(stage => NameOf(root, stage))];
        string[] folders = [.. stages.Select(stage => stage.Folder).Distinct()];
        var planned = new List<PlannedStage>();
        foreach (var (place, stage) in stages.Index())
        {
            var whole = Whole(root, stage, names[place], Array.IndexOf(folders, stage.Folder), [.. stage.Needs.Select(need => names[need])]) with
            {
                Export = stage.Key == StageKey.Export ? layout.Export : null,
            };
            var shards = layout.ShardsOf(stage.Key);
            if (shards > 1)
            {
                PlannedStage[] parts = [.. Enumerable.Range(1, shards).Select(number => Part(whole, new SampleShard(number, shards)))];
                planned.AddRange(parts);
                whole = whole with { Needs = [.. parts.Select(part => part.Name)] };
            }

            planned.Add(whole);
        }

        return new JobPlan(root, planned) { Layout = layout };
    }

    // The parts of a stage are an array, and the stage itself joins them.
    private static PlannedStage Part(PlannedStage whole, SampleShard shard) => whole with
    {
        Name = $"{whole.Name}/{shard.FolderName}",
        Shard = shard,
        JobName = whole.Key == StageKey.SoftTargets ? SoftTargetShards : $"{whole.JobName}-shards",
        Task = shard.Number,
        LogPattern = Path.Combine(Escape(whole.Folder), whole.Key, "slurm-%A_%a.log"),
    };

    // The teachers of a run or sweep are an array, and so are the students and the baselines of a sweep's runs.
    private static PlannedStage Whole(string root, SweepStage stage, string name, int run, IReadOnlyList<string> needs)
    {
        var teacher = StageKey.TeacherIndex(stage.Key);
        var isOfSweep = stage.Folder != root;
        int? task = teacher ?? (isOfSweep && stage.Key is StageKey.Student or StageKey.Baseline ? run : null);
        var logs = Path.Combine(Escape(JobPlan.JobsPathOf(root)), "logs");
        return new PlannedStage
        {
            Name = name,
            Folder = stage.Folder,
            Key = stage.Key,
            Needs = needs,
            JobName = teacher is not null ? Teachers : isOfSweep && task is null ? string.Create(CultureInfo.InvariantCulture, $"{stage.Key}-{run}") : stage.Key,
            Task = task,
            LogPattern = teacher is not null ? Path.Combine(Escape(stage.Folder), Teachers, "%a", "slurm-%A_%a.log")
                : task is not null ? Path.Combine(logs, $"{stage.Key}-%A_%a.log")
                : stage.Key == StageKey.Table ? Path.Combine(logs, $"{stage.Key}-%j.log")
                : Path.Combine(Escape(stage.Folder), stage.Key, "slurm-%j.log"),
            // An export compares on the processor.
            UsesDevice = stage.Key is not (StageKey.Table or StageKey.Export),
        };
    }

    private static string NameOf(string root, SweepStage stage) =>
        stage.Folder == root ? stage.Key : $"{Path.GetRelativePath(root, stage.Folder)}/{stage.Key}";

    private static string Escape(string path) => path.Replace("%", "%%", StringComparison.Ordinal);
}
