namespace Ensemble;

/// <summary>A person named something that is not there: a data set, an architecture, a method.</summary>
public sealed class UnknownNameException : EnsembleException
{
    /// <summary>Creates the fault; the message lists the known names and the nearest of them, if one is near.</summary>
    /// <param name="kind">What was to be named, in the singular: <c>data set</c>.</param>
    /// <param name="name">The name that was given.</param>
    /// <param name="knownNames">The names that would have done, in the order to show them.</param>
    /// <param name="alsoSought">What else was looked for by that name, in vain; null for nothing.</param>
    public UnknownNameException(string kind, string name, IReadOnlyList<string> knownNames, string? alsoSought = null)
        : base(Describe(kind, name, knownNames, alsoSought))
    {
        Kind = kind;
        Name = name;
        KnownNames = [.. knownNames];
        Suggestion = FindNearest(name, knownNames);
    }

    /// <summary>What was to be named, in the singular.</summary>
    public string Kind { get; }

    /// <summary>The name that was given.</summary>
    public string Name { get; }

    /// <summary>The names that would have done.</summary>
    public IReadOnlyList<string> KnownNames { get; }

    /// <summary>The known name nearest to the given one, or null when none is within a third of its length (at least 2
    /// edits).</summary>
    public string? Suggestion { get; }

    private static string Describe(string kind, string name, IReadOnlyList<string> knownNames, string? alsoSought)
    {
        var message = $"unknown {kind} '{name}'{(alsoSought is null ? "" : $", and {alsoSought} is not there")}; known: {string.Join(", ", knownNames)}";
        return FindNearest(name, knownNames) is { } nearest ? $"{message}; did you mean '{nearest}'?" : message;
    }

    private static string? FindNearest(string name, IReadOnlyList<string> knownNames)
    {
        string? nearest = null;
        var fewestEdits = Math.Max(2, name.Length / 3) + 1;
        foreach (var known in knownNames)
        {
            if (Math.Abs(known.Length - name.Length) >= fewestEdits)
            {
                continue;
            }

            var edits = CountEdits(name.ToUpperInvariant(), known.ToUpperInvariant());
            if (edits < fewestEdits && edits < known.Length)
            {
                (nearest, fewestEdits) = (known, edits);
            }
        }

        return nearest;
    }

    /// <summary>Levenshtein's distance: the fewest insertions, deletions and replacements that turn one into the
    /// other.</summary>
    private static int CountEdits(string from, string to)
    {
        var previous = new int[to.Length + 1];
        var current = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= from.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var replacement = previous[column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                current[column] = Math.Min(replacement, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[to.Length];
    }
}
