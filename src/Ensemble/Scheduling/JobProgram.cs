namespace Ensemble.Scheduling;

/// <summary>The program that jobs start.</summary>
/// <param name="Command">Its file, absolute, and the arguments that make it this program: <c>dotnet</c> and a DLL, say.</param>
/// <param name="StageArguments">What follows the stage, in every job.</param>
public sealed record JobProgram(IReadOnlyList<string> Command, IReadOnlyList<string> StageArguments);
