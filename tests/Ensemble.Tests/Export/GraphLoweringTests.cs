using Ensemble.Export;
using Ensemble.Models;
using Ensemble.Models.Lowering;
using Ensemble.Tests.Models;
using TorchSharp;

namespace Ensemble.Tests.Export;

public sealed class GraphLoweringTests
{
    public static TheoryData<string> Networks() => NetworkFixture.Keys(_ => true);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Build_EveryFixture_ComputesWhatTheNetworkDoes(string key)
    {
        var fixture = NetworkFixture.All[key];
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var network = fixture.CreateNetwork();
        var images = FormulaWeights.Images(2, fixture.Input);
        var expected = network.call(images);

        var graph = GraphBuilder.Build(network, fixture.Input[0], fixture.Input[1], fixture.Input[2]);
        var folded = BatchNormFolding.Apply(graph);

        AssertNear(expected, graph, images);
        AssertNear(expected, folded, images);
        Assert.Equal([fixture.Classes], graph.Output.Shape);
    }

    [Fact]
    public void Registry_EveryFamily_HasAFixture()
    {
        // So that the theory above speaks for every family: a new one needs a fixture, and with it a lowering.
        var unseen = ModelRegistry.CreateDefault().Families
            .Where(family => !NetworkFixture.All.Values.Any(fixture => family.TryCreate(fixture.Architecture, fixture.Shape, fixture.Classes) is not null));

        Assert.Empty(unseen.Select(family => family.Pattern));
    }

    [Theory]
    [InlineData("resnet8", 0)]
    [InlineData("vgg8", 0)]
    [InlineData("airbenchx0.25", 0)]
    [InlineData("mobilenetv2", 0)]
    [InlineData("shufflev1", 0)]
    // The first norm of each of the six blocks stands behind a sum, and the last one behind the last sum; the first convolution's answer is used twice.
    [InlineData("wrn_16_1", 7)]
    public void Fold_BatchNorms_LeavesOnlyThoseBehindSums(string architecture, int left)
    {
        using var network = ModelRegistry.CreateDefault().Create(architecture, new(3, 32, 32), 10, seed: 1);
        var folded = BatchNormFolding.Apply(GraphBuilder.Build(network, 3, 32, 32));

        Assert.Equal(left, folded.Nodes.Count(node => node.Operator == "BatchNormalization"));
    }

    [Fact]
    public void Build_LayerWithoutAForm_IsAFault()
    {
        using var network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(48, 4), torch.nn.Hardswish());

        var fault = Assert.Throws<UnsupportedLayerException>(() => GraphBuilder.Build(network, 3, 4, 4));

        Assert.Equal("Hardswish", fault.Layer);
    }

    private static void AssertNear(torch.Tensor expected, Graphs.NetworkGraph graph, torch.Tensor images)
    {
        using var module = new GraphModule(graph);
        var answer = module.call(images);
        var tolerance = 1e-5 * Math.Max(1, expected.abs().max().item<float>());
        Assert.Equal(expected.shape, answer.shape);
        Assert.InRange(answer.sub(expected).abs().max().item<float>(), 0, tolerance);
    }
}
