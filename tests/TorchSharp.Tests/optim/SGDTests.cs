using System.Text.Json;
using TorchSharp.Modules;

namespace TorchSharp.Tests.optim;

public sealed class SGDTests
{
    public static TheoryData<string> Cases => PyTorchValues.Names("SGD");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_FixedGradients_FollowsPyTorch(string name)
    {
        var expected = PyTorchValues.Case("SGD", name);
        PyTorchValues.AssertFollows(expected, parameters => Make(parameters, expected));
    }

    [Fact]
    public void Step_WithAllOptions_LeavesTheGradientsAsTheyWere()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 0.1, nesterov: true, maximize: true);
        for (var step = 0; step < 2; step++)
        {
            PyTorchValues.SetGradients(parameters, step);
            optimizer.step();
            for (var k = 0; k < parameters.Length; k++)
            {
                using var gradient = parameters[k].grad!;
                Assert.Equal(PyTorchValues.Gradients[step][k], PyTorchValues.Values(gradient));
            }
        }
    }

    [Fact]
    public void Step_LearningRateChanged_UsesTheNewOne()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.SGD(parameters, 0.1);
        Assert.Equal(0.1, Assert.Single(optimizer.ParamGroups).LearningRate);
        foreach (var group in optimizer.ParamGroups) group.LearningRate = 0;
        PyTorchValues.SetGradients(parameters, 0);
        optimizer.step();
        Assert.Equal(PyTorchValues.Values(PyTorchValues.Parameters()[0]), PyTorchValues.Values(parameters[0]));
        Assert.Equal(0.1, optimizer.ParamGroups.First().InitialLearningRate);
    }

    [Theory]
    [InlineData(-0.1, 0, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0.1, -1, 0)]
    [InlineData(0.1, 0, -1)]
    public void Constructor_NumberOutOfRange_Throws(double lr, double momentum, double weightDecay) =>
        Assert.Throws<ArgumentException>(() => torch.optim.SGD(PyTorchValues.Parameters(), lr, momentum, weight_decay: weightDecay));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0.1)]
    public void Constructor_NesterovWithoutMomentumOrWithDampening_Throws(double momentum, double dampening) =>
        Assert.Throws<ArgumentException>(() => torch.optim.SGD(PyTorchValues.Parameters(), 0.1, momentum, dampening, nesterov: true));

    [Fact]
    public void ParamGroup_OwnOptions_HasTheDefaultsOfItsList()
    {
        var group = new SGD.ParamGroup(PyTorchValues.Parameters());
        Assert.Equal(0.001, group.LearningRate);
        Assert.Equal(0, group.Momentum);
    }

    private static SGD Make(Parameter[] parameters, JsonElement expected)
    {
        var options = expected.GetProperty("options");
        double lr = options.Number("lr")!.Value, momentum = options.Number("momentum") ?? 0, dampening = options.Number("dampening") ?? 0, weightDecay = options.Number("weight_decay") ?? 0;
        bool nesterov = options.Flag("nesterov") ?? false, maximize = options.Flag("maximize") ?? false;
        if (expected.GetProperty("groups").ValueKind == JsonValueKind.Null)
            return torch.optim.SGD(parameters, lr, momentum, dampening, weightDecay, nesterov, maximize);
        var groups = expected.GetProperty("groups").EnumerateArray().Select((group, k) => new SGD.ParamGroup([parameters[k]], new SGD.Options
        {
            LearningRate = group.Number("lr"),
            momentum = group.Number("momentum"),
            weight_decay = group.Number("weight_decay"),
        }));
        return torch.optim.SGD(groups, lr, momentum, dampening, weightDecay, nesterov, maximize);
    }
}
