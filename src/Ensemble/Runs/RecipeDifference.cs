using System.Text.Json;
using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>What two recipes say differently.</summary>
internal static class RecipeDifference
{
    private const int Most = 5;
    private const string Nothing = "nothing";

    /// <summary>Describes the first few differences, in the order of the first recipe.</summary>
    /// <param name="wanted">A recipe, a JSON object.</param>
    /// <param name="found">Another one.</param>
    /// <returns>Each side's values under their names, such as <c>studentTraining.epochs 30</c>; nothing where they are alike.</returns>
    public static (string Wanted, string Found) Describe(JsonElement wanted, JsonElement found)
    {
        var all = Find("", wanted, found).ToArray();
        var more = all.Length > Most ? $" and {all.Length - Most} more" : "";
        return (
            string.Join(", ", all.Take(Most).Select(entry => $"{entry.Name} {entry.Wanted}")) + more,
            string.Join(", ", all.Take(Most).Select(entry => $"{entry.Name} {entry.Found}")) + more);
    }

    private static IEnumerable<(string Name, string Wanted, string Found)> Find(string name, JsonElement? wanted, JsonElement? found)
    {
        if (wanted is { ValueKind: JsonValueKind.Object } first && found is { ValueKind: JsonValueKind.Object } second)
        {
            return first.EnumerateObject().Concat(second.EnumerateObject()).Select(property => property.Name).Distinct()
                .SelectMany(inner => Find(name.Length == 0 ? inner : $"{name}.{inner}", Member(first, inner), Member(second, inner)));
        }

        return wanted is { } one && found is { } other && CanonicalJson.Hash(one) == CanonicalJson.Hash(other)
            ? []
            : [(name, wanted?.GetRawText() ?? Nothing, found?.GetRawText() ?? Nothing)];
    }

    private static JsonElement? Member(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value : null;
}
