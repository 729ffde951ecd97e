namespace Ensemble.Cli;

/// <summary>What the process says to whoever started it.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Data, machine or training are at fault, or the program is.</summary>
    public const int Fault = 1;

    /// <summary>What was typed is at fault; nothing was begun.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
