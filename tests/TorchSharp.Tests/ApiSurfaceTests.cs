using ApiSurface;

namespace TorchSharp.Tests;

/// <summary>The binding has TorchSharp's surface, and the comparison that says so sees what is foreign.</summary>
public sealed class ApiSurfaceTests() : SurfaceTests("TorchSharp-0.107.0", typeof(torch))
{
    [Fact]
    public void Foreign_TypeOfTheTests_IsNamedWithEveryMember()
    {
        var foreign = ApiLister.Foreign([typeof(torch.RoundingMode), typeof(Stranger)], List);

        Assert.Equal(
            [
                "TorchSharp.Tests.ApiSurfaceTests.Stranger : class",
                "TorchSharp.Tests.ApiSurfaceTests.Stranger.Greet(Int32? count = null, params String[] names) : static Void",
                "TorchSharp.Tests.ApiSurfaceTests.Stranger.Name { get; } : String",
                "TorchSharp.Tests.ApiSurfaceTests.Stranger.ctor()",
            ],
            foreign);
    }

    [Theory]
    [InlineData("TorchSharp.torch.Tensor.add(TorchSharp.torch.Tensor target) : TorchSharp.torch.Tensor", "(TorchSharp.torch.Tensor other)")]
    [InlineData("TorchSharp.torch.Tensor.add(TorchSharp.torch.Tensor target) : TorchSharp.torch.Tensor", "(TorchSharp.torch.Tensor target = null)")]
    public void Foreign_ListWithAnotherSignature_NamesTheMember(string line, string otherParameters)
    {
        var changed = List.Select(known => known == line ? line.Replace("(TorchSharp.torch.Tensor target)", otherParameters, StringComparison.Ordinal) : known);

        Assert.Contains(line, List);
        Assert.Equal([line], ApiLister.Foreign([typeof(torch.Tensor)], changed));
    }

    public sealed class Stranger
    {
        public string Name { get; } = "nobody";

        public static void Greet(int? count = null, params string[] names) => _ = (count, names);
    }
}
