using System.Globalization;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Models;

[Collection(TensorTests.Name)]
public sealed class CifarResNetTests
{
    private static readonly ModelRegistry s_models = ModelRegistry.CreateDefault();
    private static readonly ImageShape s_cifar = new(3, 32, 32);

    public static TheoryData<NetworkCase> Cases() => [.. PyTorchFixture.Read<NetworkCases>("networks.json").Cases];

    public static TheoryData<string> BenchmarkNames() =>
        ["resnet8", "resnet14", "resnet20", "resnet32", "resnet44", "resnet56", "resnet110", "resnet8x4", "resnet32x4"];

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
    public void Measure_BenchmarksNetworks_CostWhatThePublishedOnesDo(string name, long parameters, long multiplyAdds)
    {
        using var network = s_models.Create(name, s_cifar, 100, 1);

        var cost = ModelCost.Measure(network, s_cifar);

        Assert.Equal((parameters, multiplyAdds), (cost.Parameters, cost.MultiplyAdds));
    }

    [Theory]
    [MemberData(nameof(BenchmarkNames))]
    public void StateDict_BenchmarksNetworks_HasTheirNamesAndShapesInOrder(string name)
    {
        using var network = s_models.Create(name, s_cifar, 100, 1);

        var lines = network.state_dict().Select(entry => $"{name} {entry.Key} {Describe(entry.Value.shape)}");

        Assert.Equal(Lines(PyTorchFixture.PathOf("cifar-resnets.txt"), name), lines);
    }

    [Theory]
    [MemberData(nameof(BenchmarkNames))]
    public void Fixture_BesideTheSharedList_HasTheSameLines(string name)
    {
        var shared = Path.Combine(SharedData.RequireFolder(string.Empty), "..", "api", "cifar-state-dicts.txt");
        Assert.SkipUnless(File.Exists(shared), $"needs {shared}");

        Assert.Equal(Lines(shared, name), Lines(PyTorchFixture.PathOf("cifar-resnets.txt"), name));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Call_SameWeightsInEvalMode_AnswersAsPyTorch(NetworkCase expected)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(expected);
        network.eval();

        var logits = network.call(HashedValues.Images(900, expected.Batch, expected.Channels, expected.Side));

        PyTorchFixture.Near(expected.EvalLogits, PyTorchFixture.Values(logits), 1e-5, "logits");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Call_SameWeightsInTrainMode_AnswersGoesBackAndRemembersAsPyTorch(NetworkCase expected)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(expected);
        network.train();

        var logits = network.call(HashedValues.Images(900, expected.Batch, expected.Channels, expected.Side));
        torch.nn.functional.cross_entropy(logits, torch.arange(expected.Batch)).backward();

        var state = network.state_dict();
        PyTorchFixture.Near(expected.TrainLogits, PyTorchFixture.Values(logits), 1e-5, "logits");
        PyTorchFixture.Near(expected.RunningMean, PyTorchFixture.Values(state["bn1.running_mean"]), 1e-5, "running mean");
        PyTorchFixture.Near(expected.RunningVar, PyTorchFixture.Values(state["layer3.0.bn2.running_var"]), 1e-5, "running variance");
        Assert.Equal(expected.Tracked, state["bn1.num_batches_tracked"].item<long>());
        PyTorchFixture.Near(expected.Conv1Gradient, PyTorchFixture.Values(network.parameters().First().grad!), 2e-5, "gradient");
    }

    [Theory]
    [InlineData("resnet8x0.5", "8 8 16 32")]
    [InlineData("resnet8x0.25", "4 4 8 16")]
    [InlineData("resnet8x1", "16 16 32 64")]
    [InlineData("resnet8x2", "16 32 64 128")]
    [InlineData("resnet8x4", "32 64 128 256")]
    [InlineData("resnet8x0.4", "6 6 13 26")]
    public void Create_Widths_MultiplyTheChannels(string name, string channels)
    {
        using var network = s_models.Create(name, s_cifar, 10, 1);
        var state = network.state_dict();

        string[] weights = ["conv1.weight", "layer1.0.conv1.weight", "layer2.0.conv1.weight", "layer3.0.conv1.weight"];
        Assert.Equal(channels, string.Join(' ', weights.Select(weight => state[weight].shape[0])));
    }

    [Fact]
    public void Create_FreshWeights_AreKaimingNormalByFanOut()
    {
        using var network = s_models.Create("resnet20", s_cifar, 10, 3);
        using var scope = torch.NewDisposeScope();

        foreach (var (name, weight) in network.named_parameters().Where(found => found.parameter.dim() == 4 && found.parameter.numel() > 5000))
        {
            var fanOut = weight.shape[0] * weight.shape[2] * weight.shape[3];
            Assert.Equal(Math.Sqrt(2.0 / fanOut), weight.std().item<float>(), 0.05 * Math.Sqrt(2.0 / fanOut));
            Assert.True(Math.Abs(weight.mean().item<float>()) < 0.05 * Math.Sqrt(2.0 / fanOut) * 3, name);
        }
    }

    [Fact]
    public void Call_InAScope_LeavesOnlyItsResultAndItsInputAsItWas()
    {
        using var network = s_models.Create("resnet8x0.25", new ImageShape(1, 8, 8), 3, 1);
        using var images = HashedValues.Images(3, 2, 1, 8);
        var pixels = PyTorchFixture.Values(images);
        var before = LiveTensors.Count();

        using (network.call(images))
        {
            Assert.Equal(before + 1, torch.Tensor.TotalCount);
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(pixels, PyTorchFixture.Values(images));
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(NetworkCase expected)
    {
        var network = s_models.Create(expected.Name, new ImageShape(expected.Channels, expected.Side, expected.Side), expected.Classes, 1);
        HashedValues.Fill(network);
        return network;
    }

    private static string[] Lines(string path, string name) =>
        [.. File.ReadLines(path).Where(line => line.StartsWith(name + " ", StringComparison.Ordinal))];

    private static string Describe(long[] shape) =>
        shape.Length == 0 ? "scalar" : string.Join('x', shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
