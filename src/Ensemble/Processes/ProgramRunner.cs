namespace Ensemble.Processes;

/// <summary>Runs the machine's programs.</summary>
public sealed class ProgramRunner : IProgramRunner
{
    // A scheduler that is busy answers late; one that is gone should not hold a person for long.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public ProgramAnswer? Run(string program, IReadOnlyList<string> arguments) =>
        ChildProcess.Run(program, arguments, null, s_limit) is { } ended ? new ProgramAnswer(ended.ExitCode, ended.Output, ended.Error) : null;
}
