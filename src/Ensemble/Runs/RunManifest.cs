using System.Text.Json;
using System.Text.Json.Serialization;
using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>A run's run.json: what the run is made from, written before anything else of it.</summary>
public sealed record RunManifest : IRecord
{
    /// <summary>The form of run.json that this code writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    private const string Expected = "a run.json of a run";
    private const string Remedy = "restore the file, or begin the run anew in another folder";

    /// <summary>The form of the file; <see cref="CurrentSchemaVersion"/>.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>
    /// The whole recipe, a JSON object. See <see cref="ToRecipeElement"/> and <see cref="ReadRecipe"/>.
    /// </summary>
    public required JsonElement Recipe { get; init; }

    /// <summary>Seeds, by what they seed.</summary>
    public required IReadOnlyDictionary<string, ulong> Seeds { get; init; }

    /// <summary>Versions by name of the software: ensemble, libtorch, and so on.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The machine that began the run.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>The data.</summary>
    public required DatasetRecord Dataset { get; init; }

    /// <summary>When the run was begun, UTC; take it from the caller's <see cref="TimeProvider"/>.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>The command that began the run, an argument each.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>
    /// The <see cref="CanonicalJson.Hash"/> of <see cref="Recipe"/>: 64 lower-case hexadecimal digits.
    /// </summary>
    [JsonIgnore]
    public string RecipeHash => CanonicalJson.Hash(Recipe);

    /// <summary>Serialises a recipe whole, for <see cref="Recipe"/>.</summary>
    /// <typeparam name="TRecipe">The recipe's type.</typeparam>
    /// <param name="recipe">The recipe.</param>
    /// <returns>A JSON object, its members in camelCase.</returns>
    /// <exception cref="ArgumentException">A number of the recipe is not finite.</exception>
    public static JsonElement ToRecipeElement<TRecipe>(TRecipe recipe)
        where TRecipe : class
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return JsonSerializer.SerializeToElement(recipe, RecordJson.Indented);
    }

    /// <summary>Reads a run.json.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="DataFaultException">
    /// The file is missing, damaged, of another schema, or a value is out of range.
    /// </exception>
    public static RunManifest Read(string path) => RecordJson.Read<RunManifest>(path, Expected, Remedy);

    /// <summary>Writes the manifest, whole or not at all.</summary>
    /// <param name="path">The file; missing folders above it are created.</param>
    /// <exception cref="ArgumentException">A value is out of range; every such value is named.</exception>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public void Write(string path) => RecordJson.Write(path, this);

    /// <summary>The recipe as a record again.</summary>
    /// <typeparam name="TRecipe">The type that it was serialised from.</typeparam>
    /// <param name="path">Where the manifest was read, for the message.</param>
    /// <returns>The recipe.</returns>
    /// <exception cref="DataFaultException">The manifest holds a recipe of another form.</exception>
    public TRecipe ReadRecipe<TRecipe>(string path)
        where TRecipe : class =>
        RecordJson.Parse<TRecipe>(
            path,
            JsonSerializer.SerializeToUtf8Bytes(Recipe, RecordJson.Compact),
            $"a recipe ({typeof(TRecipe).Name})",
            Remedy);

    /// <summary>Holds another run against this one.</summary>
    /// <param name="begun">The manifest of what was begun.</param>
    /// <param name="path">Where that was read, for the message.</param>
    /// <param name="what">What it is of: a run, a sweep.</param>
    /// <exception cref="DataFaultException">It is of another recipe, and the message says what differs; or of other data.</exception>
    internal void RequireSame(RunManifest begun, string path, string what)
    {
        if (RecipeHash != begun.RecipeHash)
        {
            var (wanted, found) = RecipeDifference.Describe(Recipe, begun.Recipe);
            throw new DataFaultException(path, $"a {what} with {wanted}", found, $"name another folder for this {what}");
        }

        if (Dataset.Checksum != begun.Dataset.Checksum)
        {
            throw new DataFaultException(
                path, $"a {what} of data of checksum {Dataset.Checksum}", begun.Dataset.Checksum, $"name another folder for this {what}, or bring back its data as they were");
        }
    }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Require(
            SchemaVersion == CurrentSchemaVersion,
            "schemaVersion",
            $"must be {CurrentSchemaVersion}, is {SchemaVersion}");
        faults.Require(Recipe.ValueKind == JsonValueKind.Object, "recipe", "must be an object");
        faults.Require(CreatedUtc.Offset == TimeSpan.Zero, "createdUtc", "must be UTC");
        faults.NoNulls(Versions.Values, "versions");
        faults.NoNulls(CommandLine, "commandLine");
        faults.Inside("machine", Machine);
        faults.Inside("dataset", Dataset);
    }
}
