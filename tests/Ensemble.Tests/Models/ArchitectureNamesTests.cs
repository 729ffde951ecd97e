using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Models;

/// <summary>Which names give which network, and which give none.</summary>
[Collection(TensorTests.Name)]
public sealed class ArchitectureNamesTests
{
    private static readonly ImageShape s_small = new(3, 32, 32);

    [Theory]
    [InlineData("wrn_15_2")]
    [InlineData("wrn_4_2")]
    [InlineData("wrn_16_0")]
    [InlineData("wrn_16_33")]
    [InlineData("vgg12")]
    [InlineData("vgg8x2")]
    [InlineData("mobilenetv2x0")]
    [InlineData("mobilenetv2x9")]
    [InlineData("shufflev3")]
    [InlineData("cifar-resnet20")]
    [InlineData("airbenchx0")]
    [InlineData("airbenchx0.01")]
    [InlineData("cnn-")]
    [InlineData("cnn-16-0")]
    [InlineData("cnn-16--32")]
    [InlineData("mlp-dropout")]
    [InlineData("mlp--dropout")]
    [InlineData("mlp-30-dropout-30")]
    public void Create_NameThatNoFamilyHas_NamesIt(string name)
    {
        var fault = Assert.Throws<UnknownNameException>(() => Create(name, s_small));

        Assert.Equal(name, fault.Name);
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet50")]
    [InlineData("ResNet50")]
    [InlineData("resnet152")]
    public void Create_TorchvisionsNameForSmallImages_NamesTheOneForThem(string name)
    {
        var fault = Assert.Throws<ImageShapeFaultException>(() => Create(name, new ImageShape(3, 63, 64)));

        Assert.Equal(64, fault.MinimumSide);
        Assert.Contains($"cifar-{name.ToLowerInvariant()}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("3x63x64", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vgg8", 8)]
    [InlineData("airbench", 9)]
    [InlineData("resnet18", 64)]
    public void Create_SmallestImages_GivesANetworkAndOnePixelLessAFault(string name, int side)
    {
        using var scope = torch.NewDisposeScope();
        var shape = new ImageShape(1, side, side);
        using var network = Create(name, shape);

        Assert.Equal([1, 7], network.call(torch.zeros([1, 1, side, side])).shape);
        Assert.Throws<ImageShapeFaultException>(() => Create(name, new ImageShape(1, side, side - 1)));
    }

    [Theory]
    [InlineData("ShuffleNetV1", "shufflev1")]
    [InlineData("ShuffleNetV2", "ShuffleV2")]
    [InlineData("MobileNetV2", "mobilenetv2x0.5")]
    [InlineData("airbench", "airbenchx1")]
    public void Create_TwoNamesOfOneNetwork_GiveTheSameWeights(string name, string other)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(name, s_small);
        using var same = Create(other, s_small);

        foreach (var (one, two) in network.state_dict().Zip(same.state_dict()))
        {
            Assert.Equal(one.Key, two.Key);
            TensorValues.AssertSame(one.Value, two.Value);
        }
    }

    [Theory]
    [InlineData(3, 17, 40)]
    [InlineData(1, 9, 9)]
    [InlineData(4, 33, 70)]
    public void Forward_ImagesOfAnySize_GivesLogits(int channels, int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var shape = new ImageShape(channels, height, width);
        foreach (var name in new[] { "wrn_16_1", "vgg8", "mobilenetv2", "shufflev1", "shufflev2", "cifar-resnet18", "airbenchx0.25", "cnn-4-8-16-32-64-64-64" })
        {
            using var network = Create(name, shape);
            network.eval();
            Assert.Equal([2, 7], network.call(torch.zeros([2, channels, height, width])).shape);
        }
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ImageShape shape) =>
        ModelRegistry.CreateDefault().Create(name, shape, 7, seed: 3);
}
