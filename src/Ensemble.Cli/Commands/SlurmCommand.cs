using System.CommandLine;
using Ensemble.Cli.Rendering;
using Ensemble.Pipeline;
using Ensemble.Scheduling;

namespace Ensemble.Cli.Commands;

/// <summary>Submits the stages of a run or sweep to Slurm, whatever command began it.</summary>
internal static class SlurmCommand
{
    // Where a cluster's nodes have folders of their own.
    private static readonly string[] s_nodeLocal = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/scratch-local", "/local"];

    /// <summary>Submits.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="flags">The flags of the command.</param>
    /// <param name="parsed">What was typed.</param>
    /// <param name="folder">The folder of the run or sweep.</param>
    /// <param name="begin">Makes the folder, or holds it against what was typed.</param>
    /// <returns>The exit code.</returns>
    public static int Submit(CommandContext context, DistillFlags flags, ParseResult parsed, string folder, Action begin)
    {
        var options = flags.Engine.ToOptions(parsed);
        var export = flags.Export.ToRequest(parsed);
        var client = new SlurmClient(context.Programs);
        // Before the data are read, which may take long.
        client.RequireInstalled();
        begin();
        var before = SlurmFile.IsIn(folder) ? SlurmFile.Read(folder) : null;
        var plan = new JobPlanner(context.Objectives).Read(folder, flags.Engine.ToLayout(parsed, export, before?.Layout));
        WarnOfNodeLocal(context, plan.RootPath);
        var progress = new StageProgress();
        var submission = new SlurmEngine(client, context.Clock).Submit(
            plan, before is null ? options : options.Over(before.Options), StageProgram.Of(flags.Run, parsed), stage => progress.Read(stage).State == StageState.Done);
        Show(context, submission, folder);
        return ExitCode.Success;
    }

    private static void WarnOfNodeLocal(CommandContext context, string root)
    {
        if (s_nodeLocal.FirstOrDefault(local => root.StartsWith(local + "/", StringComparison.Ordinal)) is { } local)
        {
            context.Error.WritePlainLine($"warning: {root} is under {local}, which most clusters have on each node apart; jobs on other nodes than this will not find the run there");
        }
    }

    private static void Show(CommandContext context, SlurmSubmission submission, string folder)
    {
        var output = context.Output;
        if (submission.Cancelled.Count > 0)
        {
            output.WritePlainLine($"taken from the queue, as they waited for what failed: {string.Join(", ", submission.Cancelled)}");
        }

        foreach (var job in submission.Submitted)
        {
            var after = job.After.Count == 0 ? "" : $", after {string.Join(", ", job.After)}";
            output.WritePlainLine($"job {job.Number}: {Names(job.Stages)}{after}");
        }

        if (submission.Left.Count > 0)
        {
            output.WritePlainLine($"left to jobs that wait or run: {string.Join(", ", submission.Left.Select(job => $"{job.Stage} ({job.Id})"))}");
        }

        if (submission.Done.Count > 0)
        {
            output.WritePlainLine($"done before: {Names(submission.Done)}");
        }

        if (submission.Submitted.Count == 0 && submission.Left.Count == 0)
        {
            output.WritePlainLine("every stage is done; nothing was submitted");
        }

        var quoted = RunCommand.Quote(folder);
        output.WritePlainLine($"how it goes: {CommandContext.Launcher} runs show {quoted}; to end it: {CommandContext.Launcher} runs cancel {quoted}");
        output.WritePlainLine($"to submit again what failed: {RunCommand.Continuation(context.Arguments, folder)}");
    }

    // Of many, the first and the last.
    private static string Names(IReadOnlyList<string> stages) =>
        stages.Count <= 4 ? string.Join(", ", stages) : $"{stages[0]}, {stages[1]}, ..., {stages[^1]} ({stages.Count} stages)";
}
