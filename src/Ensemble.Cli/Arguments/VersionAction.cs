using System.CommandLine;
using System.CommandLine.Invocation;

namespace Ensemble.Cli.Arguments;

/// <summary>Says which version this is.</summary>
/// <param name="version">The line to show.</param>
internal sealed class VersionAction(string version) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(version);
        return ExitCode.Success;
    }
}
