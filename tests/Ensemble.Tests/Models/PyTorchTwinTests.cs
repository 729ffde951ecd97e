using Ensemble.Acceleration;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Models;

/// <summary>Every architecture against its twin in PyTorch, with the same weights.</summary>
[Collection(TensorTests.Name)]
public sealed class PyTorchTwinTests
{
    private const double Tolerance = 1e-5;

    // Batch statistics of a few values amplify rounding through fifty layers: PyTorch's own float32 differs from its float64 by
    // up to 2e-5 there (cifar-resnet50), and by below 1e-5 elsewhere.
    private const double TrainingTolerance = 5e-5;

    public static TheoryData<string> Evaluated => NetworkFixture.Keys(_ => true);

    public static TheoryData<string> Differentiated => NetworkFixture.Keys(fixture => fixture.Gradient is not null);

    public static TheoryData<string> Trained => NetworkFixture.Keys(fixture => fixture.TrainingLogits is not null);

    [Theory]
    [MemberData(nameof(Evaluated))]
    public void Forward_EvalMode_GivesPyTorchsLogitsAndLeavesNothingElse(string key)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var fixture = NetworkFixture.All[key];
        using var network = fixture.CreateNetwork();
        var images = FormulaWeights.Images(2, fixture.Input);
        var before = scope.DisposablesCount;

        var logits = network.call(images);

        Assert.Equal(before + 1, scope.DisposablesCount);
        AssertClose(fixture.Logits, logits);
    }

    [Theory]
    [MemberData(nameof(Differentiated))]
    public void Backward_EvalMode_GivesPyTorchsGradientOfTheImages(string key)
    {
        using var scope = torch.NewDisposeScope();
        var fixture = NetworkFixture.All[key];
        using var network = fixture.CreateNetwork();
        var images = FormulaWeights.Images(2, fixture.Input).requires_grad_();

        var logits = network.call(images);
        var weights = torch.tensor(FormulaWeights.Uniform("objective", logits.numel()));
        (logits * weights.reshape(logits.shape)).sum().backward();

        var gradient = images.grad!.flatten();
        AssertClose([fixture.Gradient!], gradient[torch.arange(0, gradient.numel(), 97)].unsqueeze(0));
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void Forward_TrainMode_GivesPyTorchsLogitsAndRunningStatistics(string key)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var fixture = NetworkFixture.All[key];
        using var network = fixture.CreateNetwork();
        network.train();

        var logits = network.call(FormulaWeights.Images(4, fixture.Input));
        network.eval();
        var after = network.call(FormulaWeights.Images(2, fixture.Input));

        AssertClose(fixture.TrainingLogits!, logits, TrainingTolerance);
        AssertClose(fixture.LogitsAfterTraining!, after, TrainingTolerance);
    }

    [Theory]
    [InlineData("shufflev1 at 3x32x32")]
    [InlineData("shufflev2 at 3x32x32")]
    [InlineData("mobilenetv2 at 3x32x32")]
    [InlineData("airbench at 3x32x32")]
    public void Forward_ChannelsLast_GivesTheSameLogits(string key)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var fixture = NetworkFixture.All[key];
        using var network = fixture.CreateNetwork();
        ChannelsLast.ConvertWeights(network);

        var logits = network.call(ChannelsLast.Convert(FormulaWeights.Images(2, fixture.Input)));

        AssertClose(fixture.Logits, logits);
    }

    [Fact]
    public void Networks_EveryExampleOfEveryFamily_HasATwin()
    {
        var examples = ModelRegistry.CreateDefault().Families.SelectMany(family => family.Examples);

        Assert.Empty(examples.Except(NetworkFixture.All.Values.Select(fixture => fixture.Architecture)));
    }

    // Of values up to 1, and of the largest value above that.
    private static void AssertClose(double[][] expected, torch.Tensor actual, double tolerance = Tolerance)
    {
        var flat = expected.SelectMany(row => row).ToArray();
        Assert.Equal([expected.Length, expected[0].Length], actual.shape);
        var values = TensorValues.Of(actual);
        var scale = Math.Max(1, flat.Max(Math.Abs));
        var difference = flat.Zip(values, (one, other) => Math.Abs(one - other)).Max();
        Assert.True(difference <= tolerance * scale, $"differs by {difference:E2} with values up to {scale:G4}");
    }
}
