using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Models;

[Collection(TensorTests.Name)]
public sealed class MlpTests
{
    [Theory]
    [InlineData("mlp-800-800", 1, 28, 10, 1_276_810)]
    [InlineData("mlp-30-30", 1, 28, 10, 24_790)]
    [InlineData("mlp-5", 3, 4, 7, 287)]
    public void Create_ThePapersShapes_HaveTheirParameters(string name, int channels, int side, int classes, long parameters)
    {
        // (784 + 1) 800 + 801 * 800 + 801 * 10; (784 + 1) 30 + 31 * 30 + 31 * 10; (48 + 1) 5 + 6 * 7.
        var shape = new ImageShape(channels, side, side);
        using var network = ModelRegistry.CreateDefault().Create(name, shape, classes, 1);

        var cost = ModelCost.Measure(network, shape);

        Assert.Equal(parameters, cost.Parameters);
        // One multiply-add a weight, none for the biases.
        Assert.Equal(parameters - network.parameters().Where(parameter => parameter.dim() == 1).Sum(bias => bias.numel()), cost.MultiplyAdds);
    }

    [Fact]
    public void Call_OneHiddenLayer_IsWorkedByHand()
    {
        using var network = ModelRegistry.CreateDefault().Create("mlp-2", new ImageShape(1, 1, 2), 2, 1);
        Set(network, "layers.1.weight", [1, 2, -1, 1]);
        Set(network, "layers.1.bias", [0.5f, 0]);
        Set(network, "layers.3.weight", [1, 1, 2, -1]);
        Set(network, "layers.3.bias", [0, 1]);
        using var image = TorchSharp.torch.tensor(new float[] { 3, 1 }, [1, 1, 1, 2]);

        using var logits = network.call(image);

        // Hidden: 3 + 2 + 0.5 = 5.5; -3 + 1 = -2, cut to 0. Logits: 5.5; 11 + 1.
        Assert.Equal([5.5f, 12f], PyTorchFixture.Values(logits));
    }

    private static void Set(TorchSharp.torch.nn.Module network, string name, float[] values)
    {
        using var guard = TorchSharp.torch.no_grad();
        var target = network.state_dict()[name];
        using var source = TorchSharp.torch.tensor(values, target.shape);
        target.copy_(source);
    }
}
