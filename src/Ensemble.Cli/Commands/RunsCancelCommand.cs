using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Scheduling;

namespace Ensemble.Cli.Commands;

/// <summary><c>runs cancel</c>: takes the jobs of a run from the cluster.</summary>
internal static class RunsCancelCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var folder = new Argument<string>("RUN") { Description = "The folder of a run or a sweep that was submitted" };
        var command = new DocumentedCommand(
            "cancel", "Ends the jobs of a run on a Slurm cluster; what is done stays, and a submission goes on from there.", ["runs cancel runs/five"]) { folder };
        command.SetAction(parsed => Cancel(context, parsed.GetRequiredValue(folder)));
        return command;
    }

    private static int Cancel(CommandContext context, string folder)
    {
        var client = new SlurmClient(context.Programs);
        var states = client.States(SlurmFile.Read(folder).Jobs.Select(job => job.Id));
        var live = states.Values.Where(state => state.IsLive).Select(state => state.Id).ToArray();
        client.Cancel(live);
        context.Output.WritePlainLine(live.Length == 0 ? "no job of this run waits or runs" : $"cancelled {live.Length} {(live.Length == 1 ? "job" : "jobs")}: {string.Join(", ", live)}");
        return ExitCode.Success;
    }
}
