namespace Ensemble.Processes;

/// <summary>Runs other programs; tests put a scripted one in its place.</summary>
public interface IProgramRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name on the search path.</param>
    /// <param name="arguments">Its arguments, which no shell sees.</param>
    /// <returns>What it came to; null where there is no such program.</returns>
    ProgramAnswer? Run(string program, IReadOnlyList<string> arguments);
}
