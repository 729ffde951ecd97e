namespace Ensemble.Processes;

/// <summary>What another program came to.</summary>
/// <param name="ExitCode">0 where it did what it was asked; -1 where it was ended for taking too long.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record ProgramAnswer(int ExitCode, string Output, string Error);
