using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Training;

[Collection(TensorTests.Name)]
public sealed class StageRecorderTests
{
    private static readonly ImageShape s_small = new(3, 32, 32);

    public static TheoryData<string> Families() => [.. ModelRegistry.CreateDefault().Families.Select(family => family.Examples[0])];

    [Theory]
    [MemberData(nameof(Families))]
    public void Stages_OfEveryFamily_AreWhatTheFamilySays(string name)
    {
        var family = ModelRegistry.CreateDefault().Families.First(found => found.Examples[0] == name);
        var shape = name.StartsWith("resnet18", StringComparison.Ordinal) ? new ImageShape(3, 64, 64) : s_small;
        using var network = ModelRegistry.CreateDefault().Create(name, shape, 10, 1);

        Assert.Equal(family.HasStages, network is IStagedNetwork);
        if (network is not IStagedNetwork staged)
        {
            return;
        }

        var maps = StageRecorder.Shapes(network, name, shape);
        Assert.InRange(maps.Count, 3, 5);
        Assert.Equal(staged.Stages.Select(stage => stage.Name), maps.Select(map => map.Name));
        Assert.All(maps, map => Assert.Contains(network.named_modules(), found => found.name == map.Name));
        Assert.All(maps.Zip(maps.Skip(1)), pair => Assert.True(pair.Second.Height <= pair.First.Height && pair.Second.Channels >= pair.First.Channels));
        Assert.True(network.training);
    }

    [Theory]
    [InlineData("resnet8x0.25", 16, 8, 4)]
    [InlineData("wrn_10_1", 16, 8, 4)]
    [InlineData("mobilenetv2x0.25", 8, 4, 2, 1)]
    [InlineData("cnn-4-8-16", 8, 4, 2)]
    [InlineData("vgg8", 16, 8, 4, 2, 2)]
    [InlineData("airbenchx0.0625", 7, 3, 1)]
    public void Shapes_OfSixteenPixels_HaveTheseSides(string name, params int[] sides)
    {
        var shape = new ImageShape(1, 16, 16);
        using var network = ModelRegistry.CreateDefault().Create(name, shape, 4, 1);

        Assert.Equal(sides, StageRecorder.Shapes(network, name, shape).Select(map => map.Height));
    }

    [Theory]
    [InlineData("vgg8")]
    [InlineData("resnet8x0.25")]
    public void Take_MapsBehindActivationsInPlace_HaveTheRightValuesAndGradient(string name)
    {
        // VGG applies its ReLU in place to what the stage returned: the map and its gradient are those of behind it.
        using var network = ModelRegistry.CreateDefault().Create(name, new ImageShape(1, 8, 8), 4, 1);
        network.eval();
        using var scope = torch.NewDisposeScope();
        var images = HashedValues.Images(5, 2, 1, 8);
        using var recorder = new StageRecorder(network, [0]);
        var stage = ((IStagedNetwork)network).Stages[0].Module;
        var weight = network.parameters().First();

        network.call(images);
        var map = recorder.Take()[0];
        map.square().sum().backward();
        var gradient = PyTorchFixture.Values(weight.grad!);
        network.zero_grad();
        var input = name.StartsWith("resnet", StringComparison.Ordinal) ? Stem(network, images) : images;
        var direct = stage.call(input).relu();
        direct.square().sum().backward();

        PyTorchFixture.Near(PyTorchFixture.Values(direct), PyTorchFixture.Values(map), 1e-5);
        Assert.All(PyTorchFixture.Values(map), value => Assert.True(value >= 0));
        PyTorchFixture.Near(PyTorchFixture.Values(weight.grad!), gradient, 1e-4);
    }

    [Fact]
    public void Take_AfterDispose_TheNetworkIsWatchedNoMore()
    {
        using var network = ModelRegistry.CreateDefault().Create("cnn-4-8", new ImageShape(1, 8, 8), 4, 1);
        using var images = HashedValues.Images(5, 2, 1, 8);
        var recorder = new StageRecorder(network, [0, 1]);
        var alive = LiveTensors.Count();

        using (torch.NewDisposeScope())
        {
            network.call(images);
            network.call(images);
            Assert.Equal(2, recorder.Take().Count);
            Assert.Throws<InvalidOperationException>(recorder.Take);
            network.call(images);
        }

        recorder.Dispose();
        using (torch.NewDisposeScope())
        {
            network.call(images);
        }

        Assert.Equal(alive, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Shapes_WithoutStages_NamesArchitecturesThatHaveThem()
    {
        using var network = ModelRegistry.CreateDefault().Create("mlp-8", new ImageShape(1, 8, 8), 4, 1);

        var fault = Assert.Throws<FeatureFaultException>(() => StageRecorder.Shapes(network, "mlp-8", new ImageShape(1, 8, 8)));

        Assert.Contains("resnet20", fault.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("mlp", fault.Remedy, StringComparison.Ordinal);
    }

    private static torch.Tensor Stem(torch.nn.Module network, torch.Tensor images)
    {
        var parts = network.named_children().Take(2).Select(child => (torch.nn.Module<torch.Tensor, torch.Tensor>)child.module).ToArray();
        return parts[1].call(parts[0].call(images)).relu();
    }
}
