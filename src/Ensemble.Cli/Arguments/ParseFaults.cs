using System.CommandLine;

namespace Ensemble.Cli.Arguments;

/// <summary>Words for what the parser could not make sense of.</summary>
internal static class ParseFaults
{
    /// <summary>All faults in one line, and where help is.</summary>
    public static string Describe(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = command.Parents.Any() ? $"{CommandContext.Launcher} {PathOf(command)}" : CommandContext.Launcher;
        return $"{Faults(parsed, command)} (see {path} --help)";
    }

    private static string Faults(ParseResult parsed, Command command)
    {
        var subcommands = command.Subcommands.Select(subcommand => subcommand.Name).ToArray();
        // One unknown word makes the parser miss others: it says more than what follows from it.
        if (parsed.UnmatchedTokens is [var first, ..] && !IsFlag(first))
        {
            return subcommands.Length > 0
                ? new UnknownNameException("command", first, subcommands).Message
                : $"'{first}' belongs to no flag";
        }

        if (parsed.UnmatchedTokens.FirstOrDefault(IsFlag) is { } flag)
        {
            return UnknownFlag(flag, [.. command.Options.Concat(Inherited(command)).Select(option => option.Name)]);
        }

        return command.Action is null
            ? $"a command is missing: {string.Join(", ", subcommands)}"
            : string.Join("; ", parsed.Errors.Select(error => error.Message.TrimEnd('.')).Distinct());
    }

    // All flags of a command are more than a line should hold.
    private static string UnknownFlag(string flag, IReadOnlyList<string> known) =>
        new UnknownNameException("flag", flag, known).Suggestion is { } nearest
            ? $"unknown flag '{flag}'; did you mean '{nearest}'?"
            : $"unknown flag '{flag}'";

    private static IEnumerable<Option> Inherited(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive).Concat(Inherited(parent)));

    private static string PathOf(Command command)
    {
        var names = new List<string>();
        for (var current = command; current.Parents.Any(); current = current.Parents.OfType<Command>().First())
        {
            names.Insert(0, current.Name);
        }

        return string.Join(' ', names);
    }

    private static bool IsFlag(string token) => token.StartsWith('-') && token.Length > 1;
}
