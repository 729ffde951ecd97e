using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Acceleration;

[Collection(TensorTests.Name)]
public sealed class ChannelsLastTests
{
    [Fact]
    public void Convert_Images_KeepsValuesAndLaysChannelsSideBySide()
    {
        using var images = HashedValues.Images(1, 2, 3, 4);

        using var converted = ChannelsLast.Convert(images);

        Assert.Equal([2, 3, 4, 4], converted.shape);
        Assert.Equal([48, 1, 12, 3], converted.stride());
        Assert.Equal(PyTorchFixture.Values(images), PyTorchFixture.Values(converted));
    }

    [Fact]
    public void ConvertWeights_Network_KeepsNamesValuesAndWhatTrains()
    {
        using var network = Create();
        var names = network.named_parameters().Select(found => found.name).ToArray();
        var values = network.parameters().Select(PyTorchFixture.Values).ToArray();
        var before = LiveTensors.Count();

        ChannelsLast.ConvertWeights(network);

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(names, network.named_parameters().Select(found => found.name));
        Assert.Equal(values, network.parameters().Select(PyTorchFixture.Values));
        Assert.All(network.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
        Assert.Equal(1, network.state_dict()["layer3.0.conv2.weight"].stride()[1]);
    }

    [Fact]
    public void ConvertWeights_Network_AnswersAndGoesBackAsBefore()
    {
        using var scope = torch.NewDisposeScope();
        using var usual = Create();
        using var converted = Create();
        ChannelsLast.ConvertWeights(converted);
        var images = HashedValues.Images(1, 4, 3, 8);

        var expected = Step(usual, images);
        var actual = Step(converted, ChannelsLast.Convert(images));

        PyTorchFixture.Near(expected, actual, 1e-5, "logits");
        foreach (var (first, second) in usual.parameters().Zip(converted.parameters()))
        {
            PyTorchFixture.Near(PyTorchFixture.Values(first.grad!), PyTorchFixture.Values(second.grad!), 2e-5, "gradient");
        }
    }

    [Fact]
    public void ConvertWeights_SgdSteps_LeadToTheSameWeights()
    {
        using var scope = torch.NewDisposeScope();
        using var usual = Create();
        using var converted = Create();
        ChannelsLast.ConvertWeights(converted);
        var images = HashedValues.Images(1, 4, 3, 8);

        Train(usual, images);
        Train(converted, ChannelsLast.Convert(images));

        foreach (var (first, second) in usual.parameters().Zip(converted.parameters()))
        {
            PyTorchFixture.Near(PyTorchFixture.Values(first), PyTorchFixture.Values(second), 2e-5, "weight");
        }
    }

    private static void Train(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor images)
    {
        using var optimizer = torch.optim.SGD(network.parameters(), 0.05, 0.9, nesterov: true);
        for (var step = 0; step < 4; step++)
        {
            optimizer.zero_grad();
            Step(network, images);
            optimizer.step();
        }
    }

    private static float[] Step(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor images)
    {
        var logits = network.call(images);
        torch.nn.functional.cross_entropy(logits, torch.arange(4)).backward();
        return PyTorchFixture.Values(logits);
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create() =>
        ModelRegistry.CreateDefault().Create("resnet8x0.25", new ImageShape(3, 8, 8), 4, 1);
}
