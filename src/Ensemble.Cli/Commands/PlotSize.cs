using System.CommandLine.Parsing;
using Ensemble.Plots;

namespace Ensemble.Cli.Commands;

/// <summary>What size is counted in, as it is typed.</summary>
internal static class PlotSize
{
    private static readonly SizeMeasure[] s_measures = [SizeMeasure.Parameters, SizeMeasure.MultiplyAdds, SizeMeasure.Bytes, SizeMeasure.Latency];

    /// <summary>The words, in the order of the measures; the first is the default.</summary>
    public static string[] Words { get; } = ["parameters", "multiply-adds", "bytes", "latency"];

    /// <summary>The measure of a word.</summary>
    public static SizeMeasure Read(string word) => s_measures[Array.IndexOf(Words, word)];

    /// <summary>Takes one of the words.</summary>
    public static string? Parse(ArgumentResult result)
    {
        var typed = result.Tokens.Count > 0 ? result.Tokens[0].Value.ToLowerInvariant() : "";
        if (Words.Contains(typed)) return typed;
        result.AddError($"--x: must be {string.Join(" or ", Words)}, is {typed}");
        return null;
    }
}
