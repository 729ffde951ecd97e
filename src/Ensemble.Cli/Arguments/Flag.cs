using System.CommandLine;
using System.CommandLine.Parsing;
using System.Numerics;

namespace Ensemble.Cli.Arguments;

/// <summary>Makes flags whose faults are told with the name and the value that the person typed.</summary>
internal static class Flag
{
    /// <summary>A flag that takes text.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="valueName">What stands for the value in the help.</param>
    /// <param name="description">One line.</param>
    /// <param name="standard">The value where nothing is typed; null for none.</param>
    public static Option<string?> Text(string name, string valueName, string description, string? standard = null)
    {
        var option = new Option<string?>(name)
        {
            Description = description,
            HelpName = valueName,
            CustomParser = result => Typed(result) is { Length: > 0 } text ? text : Refuse<string?>(result, name, "must not be empty"),
        };
        if (standard is not null)
        {
            option.DefaultValueFactory = _ => standard;
        }

        return option;
    }

    /// <summary>A flag that takes one of a few words: the names of an enum's members in lower case.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="description">One line.</param>
    /// <param name="standard">The member where nothing is typed.</param>
    /// <typeparam name="T">The enum; see <see cref="Read"/>.</typeparam>
    public static Option<string> Choice<T>(string name, string description, T standard)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToArray();
        return new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result => words.Contains(Typed(result), StringComparer.OrdinalIgnoreCase)
                ? Typed(result)
                : Refuse<string>(result, name, $"must be {string.Join(" or ", words)}, is {Typed(result)}"),
            DefaultValueFactory = _ => standard.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>The member that was chosen with a flag of <see cref="Choice"/>.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="option">The flag.</param>
    /// <typeparam name="T">The enum.</typeparam>
    public static T Read<T>(ParseResult parsed, Option<string> option)
        where T : struct, Enum => Enum.Parse<T>(parsed.GetRequiredValue(option), ignoreCase: true);

    /// <summary>A flag that takes one of a few words, and whose default follows from other things.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="description">One line, which tells the default.</param>
    /// <typeparam name="T">The enum; see <see cref="ReadOptional"/>.</typeparam>
    public static Option<string?> OptionalChoice<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToArray();
        return new Option<string?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result => words.Contains(Typed(result), StringComparer.OrdinalIgnoreCase)
                ? Typed(result)
                : Refuse<string?>(result, name, $"must be {string.Join(" or ", words)}, is {Typed(result)}"),
        };
    }

    /// <summary>The member that was chosen with a flag of <see cref="OptionalChoice"/>; null where nothing was typed.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="option">The flag; null for none.</param>
    /// <typeparam name="T">The enum.</typeparam>
    public static T? ReadOptional<T>(ParseResult parsed, Option<string?>? option)
        where T : struct, Enum =>
        option is not null && parsed.GetValue(option) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : null;

    /// <summary>Whether a flag was typed, and has not merely its default.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="option">The flag.</param>
    public static bool IsTyped(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>A flag that takes a number.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="valueName">What stands for the value in the help.</param>
    /// <param name="description">One line.</param>
    /// <param name="rule">What it must be.</param>
    /// <param name="standard">The value where nothing is typed.</param>
    /// <typeparam name="T">The number's type.</typeparam>
    public static Option<T> Number<T>(string name, string valueName, string description, NumberRule<T> rule, T standard)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = valueName,
            CustomParser = result => Parse(result, name, rule),
            DefaultValueFactory = _ => standard,
        };

    /// <summary>A flag that takes a number, and whose default follows from other flags.</summary>
    /// <param name="name">What is typed.</param>
    /// <param name="valueName">What stands for the value in the help.</param>
    /// <param name="description">One line, which tells the default.</param>
    /// <param name="rule">What it must be.</param>
    /// <typeparam name="T">The number's type.</typeparam>
    public static Option<T?> OptionalNumber<T>(string name, string valueName, string description, NumberRule<T> rule)
        where T : struct, INumber<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = valueName,
            CustomParser = result => Parse(result, name, rule),
        };

    private static T Parse<T>(ArgumentResult result, string name, NumberRule<T> rule)
        where T : struct, INumber<T>, IMinMaxValue<T> =>
        rule.FindFault(Typed(result), out var value) is { } fault ? Refuse<T>(result, name, fault) : value;

    private static string Typed(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    private static T? Refuse<T>(ArgumentResult result, string name, string fault)
    {
        result.AddError($"{name}: {fault}");
        return default;
    }
}
