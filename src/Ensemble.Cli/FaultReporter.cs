using Ensemble.Cli.Rendering;
using Spectre.Console;

namespace Ensemble.Cli;

/// <summary>Turns exceptions into one line for a person and an exit code.</summary>
/// <param name="error">Standard error.</param>
/// <param name="showsTrace">Whether the stack trace follows.</param>
/// <param name="traceFlag">The flag that asks for it.</param>
internal sealed class FaultReporter(IAnsiConsole error, bool showsTrace, string traceFlag)
{
    /// <summary>Tells a person what is wrong.</summary>
    /// <returns>The exit code.</returns>
    public int Report(Exception exception)
    {
        var (line, exitCode) = exception switch
        {
            UsageException or UnknownNameException => ($"error: {exception.Message}", ExitCode.Usage),
            EnsembleException => ($"error: {exception.Message}", ExitCode.Fault),
            _ => ($"unexpected: {exception.GetType().Name}: {exception.Message}{Hint}", ExitCode.Fault),
        };
        error.WritePlainLine(line);
        if (showsTrace)
        {
            foreach (var frame in exception.ToString().Split('\n'))
            {
                error.WritePlainLine(frame.TrimEnd());
            }
        }

        return exitCode;
    }

    private string Hint => showsTrace ? "" : $" (the same command with {traceFlag} shows where)";
}
