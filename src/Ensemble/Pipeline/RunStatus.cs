using Ensemble.Distillation;
using Ensemble.Export;
using Ensemble.Runs;
using Ensemble.Teachers;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>How far a run is, read from its folder alone: neither data nor networks are loaded.</summary>
public sealed record RunStatus
{
    private static readonly ExportRequest[] s_exports = [.. Enum.GetValues<ExportFormat>().Select(format => new ExportRequest { Format = format })];

    /// <summary>The run's folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Its run.json.</summary>
    public required RunManifest Manifest { get; init; }

    /// <summary>Its recipe.</summary>
    public required DistillationRecipe Recipe { get; init; }

    /// <summary>Its stages, in order.</summary>
    public required IReadOnlyList<StageStatus> Stages { get; init; }

    /// <summary>Its results; null before the evaluation.</summary>
    public required ResultsFile? Results { get; init; }

    /// <summary>Reads how far a run is.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="objectives">The objectives by name.</param>
    /// <exception cref="DataFaultException">There is no run, or a file of it is damaged.</exception>
    /// <exception cref="UnknownNameException">The recipe names an objective that this version does not have.</exception>
    public static RunStatus Read(string folder, ObjectiveRegistry objectives)
    {
        var run = RunFolder.Open(folder);
        var manifest = RunManifest.Read(run.ManifestPath);
        var recipe = manifest.ReadRecipe<DistillationRecipe>(run.ManifestPath);
        var needsSoftTargets = StageKey.StoresAnswers(recipe) && objectives.Create(recipe.Objective, recipe.ObjectiveOptions).NeedsTeachers;
        return new RunStatus
        {
            Folder = run.RootPath,
            Manifest = manifest,
            Recipe = recipe,
            Stages = [.. StageKey.Of(recipe, needsSoftTargets, HasExport(run)).Select(key => Read(run, recipe, key))],
            Results = File.Exists(run.ResultsPath) ? ResultsFile.Read(run.ResultsPath) : null,
        };
    }

    /// <summary>How far one stage is.</summary>
    /// <param name="run">The folder, of a run or of what the runs of a sweep share.</param>
    /// <param name="recipe">The recipe of the run, or of the sweep's teachers.</param>
    /// <param name="key">The stage.</param>
    internal static StageStatus Read(RunFolder run, DistillationRecipe recipe, string key)
    {
        var folder = Path.Combine(run.RootPath, key);
        return key switch
        {
            StageKey.SoftTargets => SoftTargets(folder, recipe),
            StageKey.Evaluation => Evaluation(folder, key, File.Exists(run.ResultsPath)),
            StageKey.Baseline => Training(folder, key, (recipe.BaselineTraining ?? recipe.StudentTraining).Epochs),
            StageKey.Ensemble => Evaluation(folder, key, new EnsembleFile(folder).ReadRecords().Count > 0),
            StageKey.Export => Export(run, s_exports),
            _ => Training(folder, key, (StageKey.TeacherIndex(key) is null ? recipe.StudentTraining : recipe.TeacherTraining!).Epochs),
        };
    }

    /// <summary>How far an export of the student is.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="requests">The formats, any one of which will do.</param>
    internal static StageStatus Export(RunFolder run, IReadOnlyList<ExportRequest> requests)
    {
        var isDone = requests.Any(request => RunExport.IsStudentDone(run, request.ToOptions()));
        var isBegun = requests.Any(request => Directory.Exists(FolderOf(run, request)));
        return new StageStatus { Key = StageKey.Export, State = isDone ? StageState.Done : isBegun ? StageState.Begun : StageState.Waiting };
    }

    // No recipe says so: the folder tells whether the student was exported, by a stage or by the command.
    private static bool HasExport(RunFolder run) => s_exports.Any(request => Directory.Exists(FolderOf(run, request)));

    private static string FolderOf(RunFolder run, ExportRequest request) => RunExport.FolderOf(run, RunExport.Student, request.ToOptions());

    private static StageStatus Evaluation(string folder, string key, bool isDone) => new()
    {
        Key = key,
        State = isDone ? StageState.Done : new EvaluationParts(folder).Any ? StageState.Begun : StageState.Waiting,
        Seconds = StageTimer.Read(folder),
    };

    private static StageStatus SoftTargets(string folder, DistillationRecipe recipe)
    {
        var views = recipe.StudentTraining.Views;
        var done = views.Count - SoftTargetStore.MissingViews(folder, views).Count;
        var isBegun = done > 0 || new SoftTargetShards(folder).Any;
        return new StageStatus
        {
            Key = StageKey.SoftTargets,
            State = done == views.Count ? StageState.Done : isBegun ? StageState.Begun : StageState.Waiting,
            DoneParts = done,
            AllParts = views.Count,
            Seconds = StageTimer.Read(folder),
        };
    }

    private static StageStatus Training(string folder, string key, int epochs)
    {
        var log = new MetricsLog(Path.Combine(folder, MetricsLog.FileName));
        var last = File.Exists(log.Path) && log.Read() is { Count: > 0 } entries ? entries[^1] : null;
        var isDone = File.Exists(Path.Combine(folder, ModelFile.RecordName));
        var isBegun = last is not null || File.Exists(Path.Combine(folder, CheckpointFile.FileName));
        return new StageStatus
        {
            Key = key,
            State = isDone ? StageState.Done : isBegun ? StageState.Begun : StageState.Waiting,
            DoneParts = isDone ? epochs : Math.Min(last?.Epoch ?? 0, epochs),
            AllParts = epochs,
            Seconds = isDone ? ModelFile.Read(folder).TrainSeconds : last?.Seconds ?? 0,
            ImagesPerSecond = last?.ImagesPerSecond,
        };
    }
}
