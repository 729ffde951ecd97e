using System.Text.Json;
using TorchSharp.Modules;

namespace TorchSharp.Tests.optim;

public sealed class AdamTests
{
    public static TheoryData<string> Cases => PyTorchValues.Names("Adam");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_FixedGradients_FollowsPyTorch(string name)
    {
        var expected = PyTorchValues.Case("Adam", name);
        PyTorchValues.AssertFollows(expected, parameters => Make(parameters, expected));
    }

    [Fact]
    public void Step_NamedParameters_IsTheStepOfTheSameParametersWithoutNames()
    {
        var (plain, named) = (PyTorchValues.Parameters(), PyTorchValues.Parameters());
        PyTorchValues.SetGradients(plain, 0);
        PyTorchValues.SetGradients(named, 0);
        using var first = torch.optim.Adam(plain, 0.1, weight_decay: 0.1, amsgrad: true);
        using var second = torch.optim.Adam(named.Select((parameter, k) => ($"p{k}", parameter)), 0.1, weight_decay: 0.1, amsgrad: true);

        first.step();
        second.step();

        for (var k = 0; k < plain.Length; k++) Assert.Equal(PyTorchValues.Values(plain[k]), PyTorchValues.Values(named[k]));
    }

    [Fact]
    public void Step_WithWeightDecay_LeavesTheGradientsAsTheyWere()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.Adam(parameters, weight_decay: 0.1, maximize: true);
        PyTorchValues.SetGradients(parameters, 0);
        optimizer.step();
        using var gradient = parameters[0].grad!;
        Assert.Equal(PyTorchValues.Gradients[0][0], PyTorchValues.Values(gradient));
    }

    [Fact]
    public void Step_ParameterWithoutGradientAtFirst_CountsItsOwnSteps()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.Adam(parameters);
        for (var step = 0; step < 3; step++)
        {
            PyTorchValues.SetGradients(parameters, step, gaps: true);
            optimizer.step();
        }

        Assert.Equal([3, 2], optimizer.state_dict().State.Select(state => ((Adam.State)state).step));
    }

    [Theory]
    [InlineData(-1, 0.9, 0.999, 1e-8, 0)]
    [InlineData(0.1, 1, 0.999, 1e-8, 0)]
    [InlineData(0.1, -0.1, 0.999, 1e-8, 0)]
    [InlineData(0.1, 0.9, 1, 1e-8, 0)]
    [InlineData(0.1, 0.9, double.NaN, 1e-8, 0)]
    [InlineData(0.1, 0.9, 0.999, -1, 0)]
    [InlineData(0.1, 0.9, 0.999, 1e-8, -1)]
    public void Constructor_NumberOutOfRange_Throws(double lr, double beta1, double beta2, double eps, double weightDecay) =>
        Assert.Throws<ArgumentException>(() => torch.optim.Adam(PyTorchValues.Parameters(), lr, beta1, beta2, eps, weightDecay));

    private static Adam Make(Parameter[] parameters, JsonElement expected)
    {
        var options = expected.GetProperty("options");
        double lr = options.Number("lr")!.Value, beta1 = options.Beta(0) ?? 0.9, beta2 = options.Beta(1) ?? 0.999, eps = options.Number("eps") ?? 1e-8, weightDecay = options.Number("weight_decay")!.Value;
        bool amsgrad = options.Flag("amsgrad") ?? false, maximize = options.Flag("maximize") ?? false;
        if (expected.GetProperty("groups").ValueKind == JsonValueKind.Null)
            return torch.optim.Adam(parameters, lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
        var groups = expected.GetProperty("groups").EnumerateArray().Select((group, k) => new Adam.ParamGroup([parameters[k]], new Adam.Options
        {
            LearningRate = group.Number("lr"),
            beta1 = group.Beta(0),
            beta2 = group.Beta(1),
            eps = group.Number("eps"),
            weight_decay = group.Number("weight_decay"),
        }));
        return torch.optim.Adam(groups, lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }
}
