using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Tests.Models;

/// <summary>How the networks start, as their publications have it.</summary>
[Collection(TensorTests.Name)]
public sealed class InitialWeightsTests
{
    // Normal with deviation sqrt(2 / (kernel * output channels)): within 5% where there are thousands of weights.
    [Theory]
    [InlineData("wrn_16_2")]
    [InlineData("vgg8")]
    [InlineData("mobilenetv2")]
    [InlineData("cifar-resnet18")]
    [InlineData("cnn-64-128")]
    public void Create_NetworkOfHesInitialisation_HasItsDeviation(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(name);
        var large = network.modules().OfType<Conv2d>().Where(convolution => convolution.weight.numel() > 5000).ToArray();

        Assert.NotEmpty(large);
        foreach (var convolution in large)
        {
            var expected = Math.Sqrt(2.0 / (convolution.out_channels * convolution.kernel_size[0] * convolution.kernel_size[1]));
            Assert.InRange(convolution.weight.std().item<float>() / expected, 0.95, 1.05);
        }
    }

    [Theory]
    [InlineData("vgg8", "classifier")]
    [InlineData("mobilenetv2", "classifier.0")]
    public void Create_NetworkWithASmallHead_StartsItAtAHundredth(string name, string head)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(name);
        var weights = network.state_dict();

        Assert.InRange(weights[$"{head}.weight"].std().item<float>(), 0.0095, 0.0105);
        Assert.All(weights.Where(entry => entry.Key.EndsWith("bias", StringComparison.Ordinal)), entry => Assert.Equal(0, entry.Value.abs().max().item<float>()));
    }

    [Fact]
    public void Create_DropoutVariant_DropsAFifthOfTheInputsAndHalfOfTheUnits()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create("mlp-40-30-dropout");

        Assert.Equal([0.2, 0.5, 0.5], network.modules().OfType<Dropout>().Select(dropout => dropout.p));
        Assert.Empty(Create("mlp-40-30").modules().OfType<Dropout>());
    }

    [Fact]
    public void Forward_DropoutVariant_DropsInTrainModeOnly()
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var network = Create("mlp-40-30-dropout");
        var images = FormulaWeights.Images(2, [3, 32, 32]);

        var (first, second) = (network.call(images), network.call(images));
        network.eval();
        var (third, fourth) = (network.call(images), network.call(images));

        Assert.NotEqual(TensorValues.Of(first), TensorValues.Of(second));
        TensorValues.AssertSame(third, fourth);
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name) =>
        ModelRegistry.CreateDefault().Create(name, new ImageShape(3, 32, 32), 100, seed: 5);
}
