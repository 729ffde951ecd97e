using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using static TorchSharp.torch;

namespace Ensemble.Tests.Models;

/// <summary>What sets airbench's network apart: its first layer is computed from images, and parts of it are frozen.</summary>
[Collection(TensorTests.Name)]
public sealed class AirbenchNetTests
{
    [Fact]
    public void InitialiseFrom_CorrelatedImages_MakesTheFirstLayersAnswersUncorrelatedWithVarianceOne()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var network = Create(3);
        var images = Smooth(700, 3);

        Prepare(network, images);

        var weight = network.state_dict()["whiten.weight"];
        var filters = weight.narrow(0, 0, 12);
        var answers = nn.functional.conv2d(images.to(ScalarType.Float64), filters.to(ScalarType.Float64))
            .permute(1, 0, 2, 3).reshape(12, -1);
        var moments = answers.mm(answers.t()) / answers.shape[1];
        // lambda / (lambda + 5e-4) instead of 1, and lambda is above 0.05 in these images.
        Assert.InRange((moments - Diagonal(Enumerable.Repeat(1.0, 12).ToArray())).abs().max().item<double>(), 0, 0.01);
        TensorValues.AssertSame(filters.neg(), weight.narrow(0, 12, 12));
    }

    // Second moments of 2x2 grey patches: diag(d) by construction, so the filters are the unit vectors by falling d.
    [Fact]
    public void InitialiseFrom_PatchesOfKnownMoments_GivesTheirEigenvectorsOverTheRoots()
    {
        using var scope = NewDisposeScope();
        using var network = Create(1, side: 9);
        // A 2x2 image holds one patch; four kinds of it, each with one pixel lit.
        double[] brightness = [1, 4, 2, 3];
        var patches = Diagonal(brightness).to(ScalarType.Float32).reshape(4, 1, 2, 2);

        Prepare(network, patches);

        var filters = network.state_dict()["whiten.weight"].narrow(0, 0, 4).reshape(4, 4);
        int[] order = [1, 3, 2, 0];
        for (var row = 0; row < order.Length; row++)
        {
            var moment = brightness[order[row]] * brightness[order[row]] / 4;
            for (var column = 0; column < 4; column++)
            {
                var expected = column == order[row] ? 1 / Math.Sqrt(moment + 5e-4) : 0;
                Assert.Equal(expected, filters[row, column].item<float>(), 1e-6);
            }
        }
    }

    [Fact]
    public void InitialiseFrom_Twice_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        using var one = Create(3);
        using var other = Create(3);
        var images = Smooth(20, 3);

        Prepare(one, images);
        Prepare(other, images);

        TensorValues.AssertSame(one.state_dict()["whiten.weight"], other.state_dict()["whiten.weight"]);
    }

    [Fact]
    public void Create_Airbench_TrainsNeitherItsFirstConvolutionNorItsNormsScales()
    {
        using var scope = NewDisposeScope();
        using var network = Create(3);

        var frozen = network.named_parameters().Where(entry => !entry.parameter.requires_grad).Select(entry => entry.name);

        Assert.Equal(
            ["whiten.weight", .. new[] { 1, 2, 3 }.SelectMany(group => new[] { $"layers.{group}.norm1.weight", $"layers.{group}.norm2.weight" })],
            frozen);
    }

    [Fact]
    public void Create_Airbench_HandsTheInputsOfItsConvolutionsOnInTheFirstFilters()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var network = Create(3);
        var images = FormulaWeights.Images(1, [24, 8, 8]);

        var answers = nn.functional.conv2d(images, network.state_dict()["layers.1.conv1.weight"], padding: [1, 1]);

        TensorValues.AssertSame(images, answers.narrow(1, 0, 24));
        Assert.True(answers.narrow(1, 24, 40).abs().max().item<float>() > 0.01);
    }

    private static void Prepare(nn.Module<Tensor, Tensor> network, Tensor images) =>
        Assert.IsAssignableFrom<IDataInitialised>(network).InitialiseFrom(images);

    private static nn.Module<Tensor, Tensor> Create(int channels, int side = 32) =>
        ModelRegistry.CreateDefault().Create("airbench", new ImageShape(channels, side, side), 10, seed: 2);

    private static Tensor Diagonal(double[] values)
    {
        var matrix = new double[values.Length * values.Length];
        for (var row = 0; row < values.Length; row++)
        {
            matrix[row * (values.Length + 1)] = values[row];
        }

        return tensor(matrix).reshape(values.Length, values.Length);
    }

    // Neighbouring pixels and channels alike, as in photographs.
    private static Tensor Smooth(int count, int channels)
    {
        var noise = FormulaWeights.Images(count, [channels, 12, 12]);
        var grey = noise.narrow(1, 0, 1);
        return noise + grey + grey.roll([1], [2]) + noise.roll([1], [3]);
    }
}
