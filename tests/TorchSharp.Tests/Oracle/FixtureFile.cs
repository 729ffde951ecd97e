using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchSharp.Tests.Oracle;

/// <summary>fixtures/pytorch.json: written by make_fixtures.py, never by a test run.</summary>
internal sealed record FixtureFile
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The version that computed the values.</summary>
    public required string Torch { get; init; }

    public required Fixture[] Cases { get; init; }

    public static FixtureFile Instance { get; } = Read();

    public static IReadOnlyDictionary<string, Fixture> ById { get; } = Instance.Cases.ToDictionary(fixture => fixture.Id);

    /// <summary>Whether this process runs the libtorch that made the fixtures: then the same seed gives the same numbers.</summary>
    public static bool SameRelease => Release(torch.__version__) == Release(Instance.Torch);

    private static string Release(string version) => string.Join('.', version.Split('.')[..2]);

    private static FixtureFile Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "fixtures", "pytorch.json"));
        return JsonSerializer.Deserialize<FixtureFile>(file, s_options)!;
    }
}
