using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Plots.Reports;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary>Reads runs for figures and reports, from their folders alone: neither data nor networks are loaded.</summary>
internal static class ReportRuns
{
    /// <summary>The runs' folders, those of a sweep in its place.</summary>
    /// <exception cref="DataFaultException">A sweep has no runs yet.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> folders) => [.. folders.SelectMany(folder => SweepFolder.IsOne(folder) ? Cells(folder) : [folder])];

    /// <summary>Reads runs.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="folders">Runs and sweeps.</param>
    /// <param name="unfinished">Runs without results, by name.</param>
    /// <returns>Those with results, at least one.</returns>
    /// <exception cref="DataFaultException">A run is damaged, or none has results.</exception>
    /// <exception cref="UsageException">The runs are of several data sets.</exception>
    public static IReadOnlyList<ReportRun> Read(CommandContext context, IReadOnlyList<string> folders, out IReadOnlyList<string> unfinished)
    {
        var all = Expand(folders).Select(folder => (Folder: folder, Status: RunStatus.Read(folder, context.Objectives))).ToArray();
        var done = all.Where(run => run.Status.Results is not null).ToArray();
        unfinished = [.. all.Where(run => run.Status.Results is null).Select(run => Path.GetFileName(run.Status.Folder))];
        if (done.Length == 0)
        {
            throw new DataFaultException(Path.Combine(all[0].Status.Folder, "results.json"), "the results of a run that is done", "no such file", "let the run end, with the command that began it");
        }

        var datasets = done.Select(run => run.Status.Results!.Dataset).Distinct().ToArray();
        if (datasets.Length > 1) throw new UsageException($"the runs are of several data sets ({string.Join(", ", datasets)}); name runs of one");
        var plotted = RunVariants.Name([.. done.Select(run => run.Status)]);
        return [.. done.Select((run, index) => Describe(run.Folder, run.Status) with { Plotted = plotted[index] })];
    }

    private static ReportRun Describe(string folder, RunStatus status)
    {
        var run = RunFolder.Open(folder);
        var recipe = status.Recipe;
        return new ReportRun
        {
            Name = Path.GetFileName(status.Folder),
            Folder = folder,
            Manifest = status.Manifest,
            Plotted = new() { Results = status.Results! },
            Teachers = RunVariants.DescribeTeachers(recipe),
            Student = recipe.Student,
            Objective = recipe.Objective,
            HardWeight = recipe.ObjectiveOptions.HardWeight,
            Temperature = recipe.ObjectiveOptions.Temperature,
            Curves = RunCurves.Read(run),
            Stages = Stages(status),
            OpenAnswers = () => AnswersFile.Read(run.AnswersPath),
        };
    }

    // What a copied run.json and results.json do not tell of a stage, its model's record in the results does.
    private static IReadOnlyList<ReportStage> Stages(RunStatus status)
    {
        double Of(ModelRole role) => status.Results!.Models.Where(model => model.Role == role).Sum(model => model.TrainSeconds);
        ReportStage[] stages =
        [
            new("teachers", status.Recipe.TeacherCount > 0 ? status.Results!.Models.Where(model => model.Role == ModelRole.Teacher).Take(status.Recipe.TeacherCount).Sum(model => model.TrainSeconds) : 0),
            new(StageKey.SoftTargets, status.Stages.FirstOrDefault(stage => stage.Key == StageKey.SoftTargets)?.Seconds ?? 0),
            new("student alone", Of(ModelRole.Baseline)),
            new("student distilled", Of(ModelRole.Student)),
        ];
        return [.. stages.Where(stage => stage.Seconds > 0)];
    }

    private static IReadOnlyList<string> Cells(string sweep) => RunFolders.RunsOf(sweep) is { Count: > 0 } runs
        ? runs
        : throw new DataFaultException(sweep, "the runs of a sweep", "none", "let the sweep go on, with the command that began it");
}
