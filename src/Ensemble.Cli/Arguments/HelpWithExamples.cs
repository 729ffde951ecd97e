using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Ensemble.Cli.Arguments;

/// <summary>The usual help, and below it the command's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly SynchronousCommandLineAction _usual;

    /// <summary>Takes the usual help's place in a new option.</summary>
    public HelpWithExamples()
    {
        Option = new HelpOption { Recursive = true };
        _usual = (SynchronousCommandLineAction)Option.Action!;
        Option.Action = this;
    }

    /// <summary>The flag that shows the help of the command before it.</summary>
    public HelpOption Option { get; }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {CommandContext.Launcher} {example}");
            }
        }

        return exitCode;
    }
}
