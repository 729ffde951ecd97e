using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>The two ways of writing: for a person at a terminal, and for a file.</summary>
internal static class ConsoleExtensions
{
    /// <summary>Whether lines that were written can be drawn again: an interactive terminal, and no CI.</summary>
    public static bool IsLive(this IAnsiConsole console) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Writes one line as it is: not wrapped, no markup, nothing that a terminal would obey.</summary>
    public static void WritePlainLine(this IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(Clean(text));

    /// <summary>Writes a text, wrapped between words where a person reads it.</summary>
    public static void WriteParagraph(this IAnsiConsole console, string text)
    {
        if (console.IsLive())
        {
            console.WriteLine(Clean(text));
        }
        else
        {
            console.WritePlainLine(text);
        }
    }

    // Names and messages come from files and from the command line: a line break or an escape in one must stay one line.
    private static string Clean(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;
}
