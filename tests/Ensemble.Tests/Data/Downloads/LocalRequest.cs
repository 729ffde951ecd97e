using System.Globalization;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>What a client asked for.</summary>
internal sealed record LocalRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The first byte asked for; null when all are.</summary>
    public int? From => Headers.TryGetValue("Range", out var range)
        ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)
        : null;
}
