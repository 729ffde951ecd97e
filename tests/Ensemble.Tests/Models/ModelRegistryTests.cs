using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Models;

[Collection(TensorTests.Name)]
public sealed class ModelRegistryTests
{
    private static readonly ModelRegistry s_models = ModelRegistry.CreateDefault();

    [Theory]
    [InlineData("resnet8x0.25")]
    [InlineData("mlp-6-5")]
    public void Create_SameSeed_GivesSameWeights(string name)
    {
        var first = Weights(name, 4);
        torch.rand(3).Dispose();

        Assert.Equal(first, Weights(name, 4));
        Assert.NotEqual(first, Weights(name, 5));
    }

    [Fact]
    public void Create_NameInAnyCase_IsTheSame() => Assert.Equal(Weights("mlp-6-5", 1), Weights("MLP-6-5", 1));

    [Theory]
    [InlineData("resnet", "resnet8")]
    [InlineData("resent20", "resnet20")]
    [InlineData("resnet9", "resnet8")]
    [InlineData("resnet21", "resnet20")]
    [InlineData("resnet2", "resnet8")]
    [InlineData("mlp-800-80O", "mlp-800-800")]
    public void Create_UnknownName_SuggestsTheNearest(string name, string suggestion)
    {
        var fault = Assert.Throws<UnknownNameException>(() => s_models.Create(name, new ImageShape(3, 8, 8), 10, 1));

        Assert.Equal("model", fault.Kind);
        Assert.Contains(suggestion, fault.KnownNames);
        Assert.NotNull(fault.Suggestion);
    }

    [Theory]
    [InlineData("resnet8x0")]
    [InlineData("resnet8x")]
    [InlineData("resnet8x33")]
    [InlineData("resnet8x-1")]
    [InlineData("resnet1208")]
    [InlineData("resnet99999999999")]
    [InlineData("mlp")]
    [InlineData("mlp-")]
    [InlineData("mlp-0")]
    [InlineData("mlp--5")]
    [InlineData("mlp-5-")]
    [InlineData("mlp-99999999999")]
    [InlineData("")]
    public void Create_NameOutOfRange_IsUnknown(string name) =>
        Assert.Throws<UnknownNameException>(() => s_models.Create(name, new ImageShape(3, 8, 8), 10, 1));

    [Fact]
    public void Families_EveryExample_IsTakenFirstByItsOwn()
    {
        foreach (var family in s_models.Families)
        {
            foreach (var example in family.Examples.Where(name => name is not "mlp-1200-1200" and not "resnet110" and not "resnet32x4" and not "wrn_28_10"))
            {
                // resnet50 is torchvision's, though 50 = 6n + 2 would make one for small images too.
                Assert.Same(family, s_models.Families.First(other => Takes(other, example)));
            }
        }
    }

    private static bool Takes(IModelFamily family, string name)
    {
        try
        {
            using var network = family.TryCreate(name, new ImageShape(1, 32, 32), 2);
            return network is not null;
        }
        catch (ImageShapeFaultException)
        {
            // The name is known, and the network is made for larger images.
            return true;
        }
    }

    [Fact]
    public void Create_OneClass_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => s_models.Create("mlp-2", new ImageShape(1, 2, 2), 1, 1));

    [Theory]
    [InlineData("resnet8x0.25")]
    [InlineData("mlp-6-5")]
    public void Create_ThenDispose_LeavesNoTensors(string name)
    {
        var before = LiveTensors.Count();

        s_models.Create(name, new ImageShape(1, 8, 8), 3, 1).Dispose();

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static byte[][] Weights(string name, ulong seed)
    {
        using var network = s_models.Create(name, new ImageShape(1, 8, 8), 3, seed);
        return [.. StateTensors.Export(network).Select(record => record.Data.ToArray())];
    }
}
