using System.CommandLine;
using System.CommandLine.Invocation;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Commands;
using Ensemble.Cli.Rendering;
using Ensemble.Pipeline;
using Spectre.Console;

namespace Ensemble.Cli;

/// <summary>The program, without a process around it.</summary>
public static class CommandLine
{
    private const string TraceFlag = "--trace";
    private const string TraceVariable = "ENSEMBLE_TRACE";

    /// <summary>Does what was typed.</summary>
    /// <param name="arguments">What was typed after the program's name; nothing means <c>--help</c>.</param>
    /// <param name="output">Results and progress: live where it is an interactive terminal, plain lines elsewhere.</param>
    /// <param name="error">Faults, a line each.</param>
    /// <param name="clock">Names and dates runs.</param>
    /// <param name="stop">Stops a run between two steps.</param>
    /// <returns>The exit code: 0 done, 1 a fault, 2 what was typed cannot be meant, 130 stopped.</returns>
    public static int Run(IReadOnlyList<string> arguments, IAnsiConsole output, IAnsiConsole error, TimeProvider clock, CancellationToken stop = default) =>
        Run(new CommandContext { Arguments = arguments, Output = output, Error = error, Clock = clock, Stop = stop });

    /// <summary>Does what was typed.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(CommandContext context)
    {
        var faults = new FaultReporter(context.Error, context.Arguments.Contains(TraceFlag) || Environment.GetEnvironmentVariable(TraceVariable) == "1", TraceFlag);
        try
        {
            return Invoke(context);
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Error.WritePlainLine("stopped");
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // Nothing is above this: whatever was not foreseen becomes one line and an exit code here.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return faults.Report(exception);
        }
    }

    private static int Invoke(CommandContext context)
    {
        var typed = context.Arguments.Count == 0 ? ["--help"] : context.Arguments;
        // A value that begins with @ is no file of further arguments, and -abc no bundle of flags.
        var parsed = CreateRoot(context).Parse(typed, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Action is null or ParseErrorAction)
        {
            throw new UsageException(ParseFaults.Describe(parsed));
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            Output = context.Output.Profile.Out.Writer,
            Error = context.Error.Profile.Out.Writer,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static DocumentedCommand CreateRoot(CommandContext context)
    {
        var root = new DocumentedCommand(
            CommandContext.Launcher,
            "Compresses an ensemble of image classifiers into one small classifier.",
            ["quickstart", "distill --data cifar10 --data-dir data/cifar10 --teacher resnet56 --student resnet8", "distill --data photos/ --teacher resnet20 --student resnet8x0.5", "export runs/cifar10 --to onnx --precision int8", "classify runs/cifar10 cat.png", "data list", "distill --help"])
        {
            QuickstartCommand.Create(context),
            TrainCommand.Create(context),
            DistillCommand.Create(context),
            SweepCommand.Create(context),
            EvaluateCommand.Create(context),
            RunsCommand.Create(context),
            RunStageCommand.Create(context),
            ExportCommand.Create(context),
            ClassifyCommand.Create(context),
            PlotCommand.Create(context),
            ReportCommand.Create(context),
            ExperimentCommand.Create(context),
            ModelsCommand.Create(context),
            DataCommand.Create(context),
            new HelpWithExamples().Option,
            new Option<bool>("--version") { Description = "Show the version", Action = new VersionAction(Version) },
            new Option<bool>(TraceFlag) { Description = $"Show where a fault came from; {TraceVariable}=1 in the environment does the same", Recursive = true },
        };
        return root;
    }

    private static string Version => $"ensemble {typeof(DistillationPipeline).Assembly.GetName().Version!.ToString(3)}";
}
