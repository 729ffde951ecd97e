using System.Text.Json;
using Ensemble.Runs;

namespace Ensemble.Tests.Runs;

public sealed class RecipeDifferenceTests
{
    [Theory]
    [InlineData("""{"seed":1,"training":{"epochs":30,"rate":0.1}}""", """{"seed":1,"training":{"epochs":20,"rate":0.10}}""", "training.epochs 30", "training.epochs 20")]
    [InlineData("""{"seed":1}""", """{"views":{"count":4},"seed":2}""", "seed 1, views nothing", """seed 2, views {"count":4}""")]
    [InlineData("""{"students":["a","b"]}""", """{"students":["a"]}""", """students ["a","b"]""", """students ["a"]""")]
    [InlineData("""{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}""", "{}", "a 1, b 1, c 1, d 1, e 1 and 1 more", "a nothing, b nothing, c nothing, d nothing, e nothing and 1 more")]
    [InlineData("""{"a":1}""", """{"a":1}""", "", "")]
    public void Describe_TwoRecipes_NamesWhatEachSays(string wanted, string found, string ours, string theirs)
    {
        using var first = JsonDocument.Parse(wanted);
        using var second = JsonDocument.Parse(found);

        Assert.Equal((ours, theirs), RecipeDifference.Describe(first.RootElement, second.RootElement));
    }
}
