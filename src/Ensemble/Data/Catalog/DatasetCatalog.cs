using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ensemble.Data.Catalog;

/// <summary>The data sets that can be downloaded by name: <c>data/catalog.json</c>, which is inside the
/// library.</summary>
public sealed class DatasetCatalog
{
    private const string ResourceName = "Ensemble.Data.Catalog.catalog.json";
    private const int KnownVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private DatasetCatalog(IReadOnlyList<CatalogEntry> entries) => Entries = entries;

    /// <summary>Every data set, in the order of the catalogue.</summary>
    public IReadOnlyList<CatalogEntry> Entries { get; }

    /// <summary>The names, in the order of the catalogue.</summary>
    public IReadOnlyList<string> Names => [.. Entries.Select(entry => entry.Name)];

    /// <summary>Reads the catalogue that is inside the library.</summary>
    /// <returns>The catalogue, every entry valid.</returns>
    /// <exception cref="DataFaultException">It is damaged: the message names every fault.</exception>
    public static DatasetCatalog Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"the library was built without {ResourceName}");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return Parse(content, "data/catalog.json");
    }

    /// <summary>Reads a catalogue from JSON.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <returns>The catalogue, every entry valid.</returns>
    /// <exception cref="DataFaultException">It is no catalogue: the message names every fault.</exception>
    public static DatasetCatalog Parse(ReadOnlySpan<byte> json, string source)
    {
        const string Expected = "a catalogue of data sets";
        const string Remedy = "correct the file";
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json, Json) ?? throw new JsonException("it is null");
            var faults = FindFaults(document);
            return faults.Count == 0
                ? new DatasetCatalog(document.Entries)
                : throw new DataFaultException(source, Expected, string.Join("; ", faults), Remedy);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // Besides JSON's own: a shape of no size is an ArgumentException from its constructor.
            throw new DataFaultException(source, Expected, $"other content ({exception.Message})", Remedy, exception);
        }
    }

    /// <summary>Finds a data set.</summary>
    /// <param name="name">Its name, in whatever case.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="UnknownNameException">There is none of that name; the nearest is suggested.</exception>
    public CatalogEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UnknownNameException("data set to download", name, Names);
    }

    private static List<string> FindFaults(Document document)
    {
        var faults = new List<string>();
        if (document.Version != KnownVersion)
        {
            faults.Add($"version must be {KnownVersion}, is {document.Version}");
        }

        if (document.Entries.Any(entry => entry is null || HasNulls(entry)))
        {
            return [.. faults, "a list must not hold null"];
        }

        foreach (var entry in document.Entries)
        {
            entry.FindFaults(faults);
        }

        faults.AddRange(document.Entries
            .GroupBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key} is there {group.Count()} times"));
        return faults;
    }

    /// <summary>Whether a list holds null, which no nullable annotation keeps out of JSON.</summary>
    private static bool HasNulls(CatalogEntry entry) =>
        entry.ClassNames.Contains(null!) || entry.Files.Any(file => file is null || file.Urls.Contains(null!));

    private sealed record Document
    {
        public required int Version { get; init; }

        public required IReadOnlyList<CatalogEntry> Entries { get; init; }
    }
}
