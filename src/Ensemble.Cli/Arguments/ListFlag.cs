using System.CommandLine;
using System.Numerics;

namespace Ensemble.Cli.Arguments;

/// <summary>Reads flags that take several values with commas between them.</summary>
internal static class ListFlag
{
    /// <summary>The words.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="option">The flag.</param>
    /// <exception cref="UsageException">One is empty, or there twice.</exception>
    public static IReadOnlyList<string> Words(ParseResult parsed, Option<string?> option)
    {
        var words = (parsed.GetValue(option) ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (words.Contains(""))
        {
            throw new UsageException($"{option.Name}: must be values with commas between them, is {parsed.GetValue(option)}");
        }

        return words.Distinct(StringComparer.OrdinalIgnoreCase).Count() == words.Length
            ? words
            : throw new UsageException($"{option.Name}: must name each value once, is {parsed.GetValue(option)}");
    }

    /// <summary>The numbers.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="option">The flag.</param>
    /// <param name="rule">What each must be.</param>
    /// <typeparam name="T">The numbers' type.</typeparam>
    /// <exception cref="UsageException">One is no such number, or there twice.</exception>
    public static IReadOnlyList<T> Numbers<T>(ParseResult parsed, Option<string?> option, NumberRule<T> rule)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        T[] numbers = [.. Words(parsed, option).Select(word => rule.FindFault(word, out var number) is { } fault ? throw new UsageException($"{option.Name}: {fault}") : number)];
        return numbers.Distinct().Count() == numbers.Length
            ? numbers
            : throw new UsageException($"{option.Name}: must name each value once, is {parsed.GetValue(option)}");
    }
}
