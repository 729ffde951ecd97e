using System.CommandLine;
using Ensemble.Cli.Rendering;
using Ensemble.Pipeline;
using Ensemble.Scheduling;

namespace Ensemble.Cli.Commands;

/// <summary>The trainings of a run or sweep side by side, on this machine.</summary>
internal static class LocalCommand
{
    /// <summary>Does what takes long, where more than one job was asked for; what is left is for this process.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="flags">The flags of the command.</param>
    /// <param name="parsed">What was typed.</param>
    /// <param name="folder">The folder of the run or sweep.</param>
    /// <param name="begin">Makes the folder, or holds it against what was typed.</param>
    /// <returns>False where it was stopped.</returns>
    public static bool Do(CommandContext context, DistillFlags flags, ParseResult parsed, string folder, Action begin)
    {
        var options = new LocalOptions { Jobs = parsed.GetValue(flags.Engine.Jobs) };
        if (options.Jobs == 1)
        {
            return true;
        }

        try
        {
            begin();
            var plan = new JobPlanner(context.Objectives).Read(folder, new JobLayout());
            var progress = new StageProgress();
            var process = new StageProcess(StageProgram.Of(flags.Run, parsed), Path.Combine(plan.JobsPath, "logs"), options.ThreadsOfAJob);
            new LocalEngine(options, process.Run).Do(plan, stage => progress.Read(stage).State == StageState.Done, new StageLines(context.Output), context.Stop);
            return true;
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Error.WritePlainLine($"stopped; finished stages and checkpoints are kept, and this goes on from there: {RunCommand.Continuation(context.Arguments, folder)}");
            return false;
        }
    }
}
