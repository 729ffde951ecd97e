using System.Text.Json;
using Ensemble.Storage;
using Ensemble.Tests.Runs;

namespace Ensemble.Tests.Storage;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Serialize_ValuesOfThePythonFixture_GivesPythonsTextAndHash()
    {
        var value = new Dictionary<string, object?>
        {
            ["zeta"] = new[] { 3, 1, 2 },
            ["alpha"] = new Dictionary<string, object?> { ["été"] = "olé \"quoted\" <&>", ["b"] = 0.1, ["a"] = null },
            ["temperature"] = 4.0,
            ["third"] = 1.0 / 3,
            ["seed"] = ulong.MaxValue,
            ["least"] = long.MinValue,
            ["on"] = true,
            ["off"] = false,
            ["empty"] = new Dictionary<string, int>(),
            ["none"] = Array.Empty<int>(),
            ["Upper"] = "sorts before lower",
        };

        Assert.Equal(File.ReadAllText(Fixtures.PathOf("canonical.json")), CanonicalJson.Serialize(value));
        Assert.Equal(File.ReadAllText(Fixtures.PathOf("canonical.sha256")), CanonicalJson.Hash(value));
    }

    [Theory]
    [InlineData("{\"b\": 1, \"a\": [1.0, 1e0, 10E-1]}", "{\"a\":[1,1,1],\"b\":1}")]
    [InlineData("[-0, -0.0, 0.10, 1e-7, 9007199254740992.0]", "[0,0,0.1,1E-07,9007199254740992]")]
    [InlineData("[1e15, 1000000000000000, 1e300]", "[1000000000000000,1000000000000000,1E+300]")]
    [InlineData("\"\\u0041\\/\"", "\"A/\"")]
    public void Serialize_OneValueWrittenInManyWays_GivesOneText(string written, string canonical)
    {
        using var document = JsonDocument.Parse(written);

        Assert.Equal(canonical, CanonicalJson.Serialize(document.RootElement));
    }

    [Fact]
    public void Serialize_NumberPastADouble_IsTheCallersMistake()
    {
        using var document = JsonDocument.Parse("[1e999]");

        Assert.Throws<ArgumentException>(() => CanonicalJson.Serialize(document.RootElement));
        Assert.Throws<ArgumentException>(() => CanonicalJson.Serialize(double.NaN));
    }

    [Fact]
    public void Hash_OneDigitChanged_IsAnother()
    {
        var hash = CanonicalJson.Hash(Samples.Result);

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, CanonicalJson.Hash(Samples.Result with { }));
        Assert.NotEqual(hash, CanonicalJson.Hash(Samples.Result with { Nll = Math.BitIncrement(Samples.Result.Nll) }));
    }
}
