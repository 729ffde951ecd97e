using Ensemble.Pipeline;
using Ensemble.Scheduling;

namespace Ensemble.Cli.Rendering;

/// <summary>Shows how the stages of a submitted run or sweep stand.</summary>
internal static class SubmittedStages
{
    private const string Nothing = "-";
    private const int MostRows = 40;

    private static readonly TextColumn[] s_columns =
    [
        new("stage"), new("state"), new("done", IsNumber: true), new("seconds", IsNumber: true), new("images/s", IsNumber: true), new("job"), new("node", DropOrder: 1), new("why"),
    ];

    /// <summary>Writes them.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="folder">The folder of the run or sweep.</param>
    public static void Write(CommandContext context, string folder)
    {
        var file = SlurmFile.Read(folder);
        var plan = new JobPlanner(context.Objectives).Read(folder, file.Layout);
        var reports = new StageReports(file, Ask(context, file));
        StageReport[] all = [.. plan.Stages.Select(reports.Read)];
        // Of a sweep, what is done stands in the table of its results.
        var shown = all.Length <= MostRows ? all : [.. all.Where(report => report.State != "done").Take(MostRows)];
        if (shown.Length > 0)
        {
            TextTable.Write(context.Output, s_columns, [.. shown.Select(Row)]);
        }

        var counts = all.GroupBy(report => report.State).Select(state => $"{state.Count()} {state.Key}");
        context.Output.WritePlainLine($"{all.Length} stages: {string.Join(", ", counts)}");
    }

    private static IReadOnlyDictionary<string, SlurmJobState>? Ask(CommandContext context, SlurmFile file)
    {
        try
        {
            return new SlurmClient(context.Programs).States(file.Latest().Values.Select(job => job.Id));
        }
        catch (MachineFaultException exception)
        {
            context.Output.WritePlainLine($"Slurm cannot be asked here, so this is what the folder tells ({exception.Message})");
            return null;
        }
    }

    private static string[] Row(StageReport report)
    {
        var progress = report.Progress;
        var isRunning = report.State is "running" or "begun";
        return
        [
            report.Stage.Name,
            report.State,
            progress.AllParts is { } all ? $"{progress.DoneParts} of {all}" : Nothing,
            progress.Seconds > 0 ? $"{progress.Seconds:0.0}" : Nothing,
            progress.ImagesPerSecond is { } speed && (isRunning || progress.State == StageState.Done) ? $"{speed:0}" : Nothing,
            report.Job?.Id ?? Nothing,
            report.Node.Length > 0 ? report.Node : Nothing,
            report.Explanation.Length > 0 ? report.Explanation : Nothing,
        ];
    }
}
