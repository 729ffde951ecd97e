namespace Ensemble.Cli;

/// <summary>What a person typed cannot be meant.</summary>
/// <param name="message">One line: the flag as typed, what was expected, what was found.</param>
internal sealed class UsageException(string message) : Exception(message);
