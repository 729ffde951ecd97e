using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Plots;
using Ensemble.Runs;
using Ensemble.Scheduling;

namespace Ensemble.Cli.Commands;

/// <summary><c>runs</c>: what was run, how far it is, and how runs compare.</summary>
internal static class RunsCommand
{
    private const string StandardFolder = "runs";
    private const string Nothing = "-";
    private const int PlotWidth = 80;

    private static readonly TextColumn[] s_listColumns =
    [
        new("run"), new("data set"), new("teachers"), new("student"), new("seed", IsNumber: true), new("stages", IsNumber: true),
        new("ensemble %", IsNumber: true), new("baseline %", IsNumber: true), new("student %", IsNumber: true), new("gain kept %", IsNumber: true),
    ];

    private static readonly TextColumn[] s_stageColumns =
        [new("stage"), new("state"), new("done", IsNumber: true), new("seconds", IsNumber: true), new("images/s", IsNumber: true)];

    private static readonly TextColumn[] s_compareColumns =
    [
        new("run"), new("data set"), new("student"), new("objective"), new("parameters", IsNumber: true), new("multiply-adds", IsNumber: true), new("kB", IsNumber: true),
        new("ensemble %", IsNumber: true), new("baseline %", IsNumber: true), new("student %", IsNumber: true), new("gain kept %", IsNumber: true),
        new("latency ms", IsNumber: true), new("device-hours", IsNumber: true), new("cost", IsNumber: true),
    ];

    /// <summary>Makes the command with its parts.</summary>
    public static Command Create(CommandContext context)
    {
        var parent = new Argument<string>("DIR") { Description = "The folder that holds the runs", DefaultValueFactory = _ => StandardFolder };
        var list = new DocumentedCommand("list", "Lists the runs and sweeps in a folder.", ["runs list", "runs list experiments/results"]) { parent };
        list.SetAction(parsed => List(context, parsed.GetRequiredValue(parent)));

        var one = new Argument<string>("RUN") { Description = "The folder of a run or a sweep" };
        var show = new DocumentedCommand("show", "Shows how far each stage of a run is, and its results.", ["runs show runs/five"]) { one };
        show.SetAction(parsed => Show(context, parsed.GetRequiredValue(one)));

        var several = new Argument<string[]>("RUN") { Description = "The folders of runs or sweeps", Arity = ArgumentArity.OneOrMore };
        var compare = new DocumentedCommand("compare", "Puts the students of runs beside one another, and draws accuracy against size in characters.", ["runs compare runs/five runs/ten", "runs compare runs/sizes"]) { several };
        compare.SetAction(parsed => Compare(context, parsed.GetRequiredValue(several)));

        return new DocumentedCommand("runs", "Lists, shows and compares runs.", ["runs list", "runs show runs/five", "runs compare runs/five runs/ten"]) { list, show, compare, RunsCancelCommand.Create(context) };
    }

    private static int List(CommandContext context, string parent)
    {
        if (!Directory.Exists(parent))
        {
            throw new DataFaultException(parent, "a folder that holds runs", "nothing", "name another, or begin a run");
        }

        var all = Directory.EnumerateDirectories(parent).Order(StringComparer.Ordinal).ToArray();
        var folders = all.Where(folder => RunFolder.IsOne(folder)).ToArray();
        var sweeps = all.Where(folder => SweepFolder.IsOne(folder)).ToArray();
        if (folders.Length + sweeps.Length == 0)
        {
            context.Output.WritePlainLine($"no runs in {parent}");
            return ExitCode.Success;
        }

        if (folders.Length > 0)
        {
            TextTable.Write(context.Output, s_listColumns, [.. folders.Select(folder => Row(RunStatus.Read(folder, context.Objectives)))]);
        }

        foreach (var sweep in sweeps)
        {
            var results = SweepCommand.Pipeline(context).Gather(sweep);
            var done = results.Rows.Sum(row => row.Seeds.Count);
            context.Output.WritePlainLine($"sweep {Path.GetFileName(sweep)}: {Path.GetFileName(results.Dataset)}, {done} of {done + results.Missing.Count} runs done");
        }

        return ExitCode.Success;
    }

    private static int Show(CommandContext context, string folder)
    {
        if (SweepFolder.IsOne(folder))
        {
            return ShowSweep(context, folder);
        }

        var status = RunStatus.Read(folder, context.Objectives);
        context.Output.WritePlainLine($"run folder: {status.Folder}");
        context.Output.WritePlainLine($"begun {status.Manifest.CreatedUtc:yyyy-MM-dd HH:mm} UTC on {status.Manifest.Machine.Device}: {string.Join(' ', status.Manifest.CommandLine)}");
        context.Output.WritePlainLine("");
        if (SlurmFile.IsIn(folder))
        {
            SubmittedStages.Write(context, folder);
        }
        else
        {
            TextTable.Write(context.Output, s_stageColumns, [.. status.Stages.Select(Row)]);
        }

        if (status.Results is { } results)
        {
            context.Output.WritePlainLine("");
            ResultsTable.Write(context.Output, results.Models);
            context.Output.WritePlainLine("");
            context.Output.WriteParagraph(CostSentence.Describe(results));
        }

        return ExitCode.Success;
    }

    private static int ShowSweep(CommandContext context, string folder)
    {
        var sweep = SweepFolder.Open(folder);
        var manifest = RunManifest.Read(sweep.ManifestPath);
        context.Output.WritePlainLine($"sweep folder: {sweep.RootPath}");
        context.Output.WritePlainLine($"begun {manifest.CreatedUtc:yyyy-MM-dd HH:mm} UTC on {manifest.Machine.Device}: {string.Join(' ', manifest.CommandLine)}");
        context.Output.WritePlainLine("");
        if (SlurmFile.IsIn(folder))
        {
            SubmittedStages.Write(context, folder);
            context.Output.WritePlainLine("");
        }

        SweepTable.Write(context.Output, SweepCommand.Pipeline(context).Gather(folder));
        return ExitCode.Success;
    }

    private static int Compare(CommandContext context, IReadOnlyList<string> folders)
    {
        var runs = RunFolders.Read(context, folders);
        TextTable.Write(context.Output, s_compareColumns, [.. runs.Select(CompareRow)]);
        DrawFrontier(context, [.. runs.Where(run => run.Results is not null)]);
        return ExitCode.Success;
    }

    private static void DrawFrontier(CommandContext context, IReadOnlyList<RunStatus> runs)
    {
        var datasets = runs.Select(run => run.Results!.Dataset).Distinct().Count();
        if (datasets != 1)
        {
            if (datasets > 1)
            {
                context.Output.WritePlainLine("");
                context.Output.WriteParagraph($"accuracies on {datasets} data sets say nothing about one another, so no frontier is drawn; compare the runs of one at a time");
            }

            return;
        }

        var width = context.Output.IsLive() ? Math.Clamp(context.Output.Profile.Width, TextFrontier.MinimumWidth, PlotWidth) : PlotWidth;
        foreach (var line in TextFrontier.Draw(RunVariants.Name(runs), width).Prepend(""))
        {
            context.Output.WritePlainLine(line);
        }
    }

    private static string[] Row(RunStatus status) =>
    [
        Path.GetFileName(status.Folder),
        Path.GetFileName(status.Recipe.Dataset),
        Teachers(status.Recipe),
        status.Recipe.Student,
        $"{status.Recipe.Seed}",
        $"{status.Stages.Count(stage => stage.State == StageState.Done)} of {status.Stages.Count}",
        Accuracy(status, ModelRole.Ensemble),
        Accuracy(status, ModelRole.Baseline),
        Accuracy(status, ModelRole.Student),
        GainKept(status),
    ];

    private static string[] Row(StageStatus stage) =>
    [
        stage.Key,
        stage.State.ToString().ToLowerInvariant(),
        stage.AllParts is { } all ? $"{stage.DoneParts} of {all}" : Nothing,
        stage.Seconds > 0 ? $"{stage.Seconds:0.0}" : Nothing,
        stage.ImagesPerSecond is { } speed ? $"{speed:0}" : Nothing,
    ];

    private static string[] CompareRow(RunStatus status)
    {
        var model = Find(status, ModelRole.Student) ?? Find(status, ModelRole.Baseline);
        var cost = status.Results?.Cost;
        return
        [
            Path.GetFileName(status.Folder),
            Path.GetFileName(status.Recipe.Dataset),
            status.Recipe.Student,
            status.Recipe.HasTeachers ? status.Recipe.Objective : Nothing,
            model is null ? Nothing : $"{model.Parameters:N0}",
            model is null ? Nothing : $"{model.MultiplyAdds:N0}",
            model is null ? Nothing : $"{model.Bytes / 1000.0:N1}",
            Accuracy(status, ModelRole.Ensemble),
            Accuracy(status, ModelRole.Baseline),
            Accuracy(status, ModelRole.Student),
            GainKept(status),
            model?.Latency is { } latency ? $"{latency.Batch1Milliseconds:0.00}" : Nothing,
            cost is null ? Nothing : $"{cost.DeviceHours:0.000}",
            cost?.Money is { } money ? $"{money:0.00}" : Nothing,
        ];
    }

    private static string Teachers(DistillationRecipe recipe)
    {
        string[] parts =
        [
            .. recipe.TeacherCount > 0 ? new[] { $"{recipe.TeacherCount} x {recipe.Teacher}" } : [],
            .. recipe.BroughtTeachers is { Count: > 0 } brought ? new[] { $"{brought.Count} brought" } : [],
        ];
        return parts.Length == 0 ? Nothing : string.Join(", ", parts);
    }

    private static ResultRecord? Find(RunStatus status, ModelRole role) => status.Results?.Models.FirstOrDefault(model => model.Role == role);

    private static string Accuracy(RunStatus status, ModelRole role) => Find(status, role) is { } model ? $"{100 * model.Accuracy:0.00}" : Nothing;

    private static string GainKept(RunStatus status) => Find(status, ModelRole.Student)?.GainKept is { } kept ? $"{100 * kept:0}" : Nothing;
}
