using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Experiments;

namespace Ensemble.Cli.Commands;

/// <summary><c>experiment</c>: a claim of the paper, put to the test by its file under experiments/.</summary>
internal static class ExperimentCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = string.Join(", ", ExperimentSuite.All.Select(experiment => experiment.Name)),
            Arity = ArgumentArity.ZeroOrOne,
        };
        var quick = new Option<bool>("--quick") { Description = "Show in seconds that it works: tiny nets, drawn images, and no committed result changes" };
        var data = Flag.Text("--data-dir", "DIR", "Where the data sets are: DIR/mnist, DIR/cifar10, DIR/cifar100 [default: data]");
        var runs = Flag.Text("--runs", "DIR", "Where networks are kept; naming it again continues [default: runs/paper, or runs/paper-quick]");
        var page = new Option<bool>("--page") { Description = "Make experiments/README.md anew from the results, and do nothing else" };
        var command = new DocumentedCommand(
            "experiment",
            "Puts a claim of the paper to the test (experiments/NAME.cs), and continues one that was stopped.",
            ["experiment mnist-table --data-dir ../shared/data", "experiment specialists --quick", "experiment --page"])
        {
            name, quick, data, runs, page,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(page))
            {
                context.Output.WritePlainLine($"page: {ExperimentSuite.WritePage()}");
                return ExitCode.Success;
            }

            var experiment = ExperimentSuite.Find(parsed.GetValue(name) ?? throw new UsageException("experiment: needs a NAME, or --page"));
            var options = new ExperimentOptions
            {
                IsQuick = parsed.GetValue(quick),
                DataDirectory = parsed.GetValue(data),
                RunsDirectory = parsed.GetValue(runs),
                CancellationToken = context.Stop,
            };
            ExperimentSuite.Run(experiment, options, context.Output.WritePlainLine);
            return ExitCode.Success;
        });
        return command;
    }
}
