using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Models;

/// <summary>What each architecture costs, against what was published.</summary>
[Collection(TensorTests.Name)]
public sealed class PublishedCountsTests
{
    // Measured on the CIFAR benchmark's own networks: 100 classes, 3x32x32.
    [Theory]
    [InlineData("resnet8", 83_892, 12_507_392)]
    [InlineData("resnet14", 181_108, 26_663_168)]
    [InlineData("resnet20", 278_324, 40_818_944)]
    [InlineData("resnet32", 472_756, 69_130_496)]
    [InlineData("resnet44", 667_188, 97_442_048)]
    [InlineData("resnet56", 861_620, 125_753_600)]
    [InlineData("resnet110", 1_736_564, 253_155_584)]
    [InlineData("resnet8x4", 1_233_540, 177_071_104)]
    [InlineData("resnet32x4", 7_433_860, 1_083_040_768)]
    [InlineData("wrn_16_1", 180_916, 26_663_168)]
    [InlineData("wrn_16_2", 703_284, 101_118_464)]
    [InlineData("wrn_40_1", 569_780, 83_286_272)]
    [InlineData("wrn_40_2", 2_255_156, 327_610_880)]
    [InlineData("vgg8", 3_965_028, 96_192_512)]
    [InlineData("vgg13", 9_462_180, 284_936_192)]
    [InlineData("MobileNetV2", 812_836, 6_523_648)]
    [InlineData("ShuffleV1", 949_258, 38_691_456)]
    [InlineData("ShuffleV2", 1_355_528, 44_504_448)]
    [InlineData("cifar-resnet50", 23_705_252, 1_298_014_208)]
    public void Measure_NetworkOfTheCifarBenchmark_GivesItsCounts(string architecture, long parameters, long multiplyAdds)
    {
        var cost = Measure(architecture, new ImageShape(3, 32, 32), 100);

        Assert.Equal(parameters, cost.Parameters);
        Assert.Equal(multiplyAdds, cost.MultiplyAdds);
    }

    // torchvision's own page of its weights: parameters, and 10^9 multiply-adds ("GFLOPS") to two places; 1000 classes, 3x224x224.
    [Theory]
    [InlineData("resnet18", 11_689_512, 1.81)]
    [InlineData("resnet34", 21_797_672, 3.66)]
    [InlineData("resnet50", 25_557_032, 4.09)]
    public void Measure_NetworkOfTorchvision_GivesItsCounts(string architecture, long parameters, double billions)
    {
        var cost = Measure(architecture, new ImageShape(3, 224, 224), 1000);

        Assert.Equal(parameters, cost.Parameters);
        Assert.Equal(billions, Math.Round(cost.MultiplyAdds / 1e9, 2));
    }

    // arXiv 1605.07146, table 4: 36.5 million parameters.
    [Fact]
    public void Measure_Wrn2810_HasThePapersParameters()
    {
        var cost = Measure("wrn_28_10", new ImageShape(3, 32, 32), 10);

        Assert.Equal(36.5, Math.Round(cost.Parameters / 1e6, 1));
    }

    // By hand. Convolutions without biases, two numbers for each channel of a batch norm.
    [Theory]
    [InlineData("cnn-16-32-64", 3, 32, 10, ((3 * 16) + (16 * 32) + (32 * 64)) * 9 + (2 * (16 + 32 + 64)) + (64 * 10) + 10, (3 * 16 * 9 * 1024) + (16 * 32 * 9 * 256) + (32 * 64 * 9 * 64) + (64 * 10))]
    [InlineData("mlp-1200-1200-dropout", 1, 28, 10, (785 * 1200) + (1201 * 1200) + (1201 * 10), (784 * 1200) + (1200 * 1200) + (1200 * 10))]
    [InlineData("airbench", 3, 32, 10, 312 + (((24 * 64) + (64 * 64) + (64 * 256) + (3 * 256 * 256)) * 9) + (4 * (64 + 256 + 256)) + 2560, (12 * 24 * 961) + (24 * 64 * 9 * 961) + (64 * 64 * 9 * 225) + (64 * 256 * 9 * 225) + (256 * 256 * 9 * (49 + 49 + 9)) + 2560)]
    public void Measure_NetworkWithoutPublishedCounts_GivesThoseByHand(string architecture, int channels, int side, int classes, long parameters, long multiplyAdds)
    {
        var cost = Measure(architecture, new ImageShape(channels, side, side), classes);

        Assert.Equal(parameters, cost.Parameters);
        Assert.Equal(multiplyAdds, cost.MultiplyAdds);
    }

    private static ModelCost Measure(string architecture, ImageShape shape, int classes)
    {
        using var scope = torch.NewDisposeScope();
        using var network = ModelRegistry.CreateDefault().Create(architecture, shape, classes, seed: 1);
        return ModelCost.Measure(network, shape);
    }
}
