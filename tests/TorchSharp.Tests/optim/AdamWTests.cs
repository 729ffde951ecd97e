using System.Text.Json;
using TorchSharp.Modules;

namespace TorchSharp.Tests.optim;

public sealed class AdamWTests
{
    public static TheoryData<string> Cases => PyTorchValues.Names("AdamW");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_FixedGradients_FollowsPyTorch(string name)
    {
        var expected = PyTorchValues.Case("AdamW", name);
        PyTorchValues.AssertFollows(expected, parameters => Make(parameters, expected));
    }

    [Fact]
    public void Step_NamedParameters_IsTheStepOfTheSameParametersWithoutNames()
    {
        var (plain, named) = (PyTorchValues.Parameters(), PyTorchValues.Parameters());
        PyTorchValues.SetGradients(plain, 0);
        PyTorchValues.SetGradients(named, 0);
        using var first = torch.optim.AdamW(plain, 0.1, weight_decay: 0.1, amsgrad: true);
        using var second = torch.optim.AdamW(named.Select((parameter, k) => ($"p{k}", parameter)), 0.1, weight_decay: 0.1, amsgrad: true);

        first.step();
        second.step();

        for (var k = 0; k < plain.Length; k++) Assert.Equal(PyTorchValues.Values(plain[k]), PyTorchValues.Values(named[k]));
    }

    [Fact]
    public void Constructor_NoWeightDecayGiven_DecaysNothing()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.AdamW(parameters);
        Assert.Equal(0, ((AdamW.Options)Assert.Single(optimizer.state_dict().Options)).weight_decay);
    }

    [Theory]
    [InlineData(-1, 0.9, 0)]
    [InlineData(0.1, 1, 0)]
    [InlineData(0.1, 0.9, -1)]
    public void Constructor_NumberOutOfRange_Throws(double lr, double beta1, double weightDecay) =>
        Assert.Throws<ArgumentException>(() => torch.optim.AdamW(PyTorchValues.Parameters(), lr, beta1, weight_decay: weightDecay));

    private static AdamW Make(Parameter[] parameters, JsonElement expected)
    {
        var options = expected.GetProperty("options");
        double lr = options.Number("lr")!.Value, beta1 = options.Beta(0) ?? 0.9, beta2 = options.Beta(1) ?? 0.999, eps = options.Number("eps") ?? 1e-8, weightDecay = options.Number("weight_decay")!.Value;
        bool amsgrad = options.Flag("amsgrad") ?? false, maximize = options.Flag("maximize") ?? false;
        if (expected.GetProperty("groups").ValueKind == JsonValueKind.Null)
            return torch.optim.AdamW(parameters, lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
        var groups = expected.GetProperty("groups").EnumerateArray().Select((group, k) => new AdamW.ParamGroup([parameters[k]], new AdamW.Options
        {
            LearningRate = group.Number("lr"),
            beta1 = group.Beta(0),
            beta2 = group.Beta(1),
            eps = group.Number("eps"),
            weight_decay = group.Number("weight_decay"),
        }));
        return torch.optim.AdamW(groups, lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }
}
