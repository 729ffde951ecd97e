using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Tests.optim;

public sealed class LRSchedulerTests
{
    // The schedules of make_fixtures.py, by the same names.
    private static readonly Dictionary<string, Func<Optimizer, LRScheduler>> s_makers = new()
    {
        ["StepLR"] = o => StepLR(o, 7, gamma: 0.3),
        ["MultiStepLR"] = o => MultiStepLR(o, [20, 5, 12, 12], gamma: 0.2),
        ["ExponentialLR"] = o => ExponentialLR(o, gamma: 0.9),
        ["CosineAnnealingLR"] = o => CosineAnnealingLR(o, 30),
        ["CosineAnnealingLR, floor, past the end"] = o => CosineAnnealingLR(o, 8, eta_min: 0.001),
        ["LambdaLR"] = o => LambdaLR(o, epoch => 1.0 / (1 + epoch)),
        ["LinearLR"] = o => LinearLR(o, start_factor: 0.1, end_factor: 0.8, total_iters: 6),
        ["LinearLR, defaults"] = o => LinearLR(o),
        ["ConstantLR"] = o => ConstantLR(o, factor: 0.25, total_iters: 4),
        ["SequentialLR, warm-up, cosine"] = o => SequentialLR(o, [LinearLR(o, start_factor: 0.01, total_iters: 5), CosineAnnealingLR(o, 25)], [5]),
        ["SequentialLR, three"] = o => SequentialLR(o, [ConstantLR(o, factor: 0.1, total_iters: 3), MultiStepLR(o, [4, 8], gamma: 0.5), ExponentialLR(o, gamma: 0.9)], [3, 15]),
        ["OneCycleLR"] = o => OneCycleLR(o, 0.4, total_steps: 30),
        ["OneCycleLR, linear, per group"] = o => OneCycleLR(
            o, [0.4, 0.1], epochs: 10, steps_per_epoch: 3, pct_start: 0.25, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear,
            base_momentum: [0.8, 0.7], max_momentum: [0.9, 0.99], div_factor: 10, final_div_factor: 100),
        ["OneCycleLR, three phases"] = o => OneCycleLR(o, 0.4, total_steps: 30, pct_start: 0.4, three_phase: true),
        ["OneCycleLR, no momentum"] = o => OneCycleLR(o, 0.4, total_steps: 30, cycle_momentum: false),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (kind, name) in PyTorchValues.Schedules) cases.Add(kind, name);
            return cases;
        }
    }

    /// <summary>The schedules whose rate is a formula of the epoch alone.</summary>
    public static TheoryData<string> Closed =>
        ["StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR", "CosineAnnealingLR, floor, past the end", "LambdaLR", "LinearLR", "ConstantLR"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_ThirtyEpochs_FollowsPyTorch(string kind, string name)
    {
        var expected = PyTorchValues.Schedule(kind, name);
        var rates = expected.GetProperty("rates").Deserialize<double[][]>()!;
        var momenta = expected.GetProperty("momenta").Deserialize<double[][]?>();
        using var optimizer = Make(kind);
        var scheduler = s_makers[name](optimizer);
        for (var epoch = 0; epoch < rates.Length; epoch++)
        {
            if (epoch > 0) scheduler.step();
            AssertClose(rates[epoch], optimizer.ParamGroups.Select(group => group.LearningRate), $"rate of epoch {epoch}");
            AssertClose(rates[epoch], scheduler.get_last_lr(), $"last rate of epoch {epoch}");
            if (momenta is not null) AssertClose(momenta[epoch], optimizer.ParamGroups.Select(Momentum), $"momentum of epoch {epoch}");
        }
    }

    [Theory]
    [MemberData(nameof(Closed))]
    public void Step_ToAnEpoch_HasTheRateOfThatEpoch(string name)
    {
        var rates = PyTorchValues.Schedule("SGD", name).GetProperty("rates").Deserialize<double[][]>()!;
        using var optimizer = Make("SGD");
        var scheduler = s_makers[name](optimizer);
        foreach (var epoch in new int?[] { 17, 3, 29, 0, 8, 9 })
        {
            scheduler.step(epoch);
            AssertClose(rates[epoch!.Value], scheduler.get_last_lr(), $"rate of epoch {epoch}");
        }
    }

    [Theory]
    [MemberData(nameof(Closed))]
    public void Constructor_LastEpochGiven_GoesOnFromIt(string name)
    {
        var rates = PyTorchValues.Schedule("SGD", name).GetProperty("rates").Deserialize<double[][]>()!;
        Func<Optimizer, int, LRScheduler> from = name switch
        {
            "StepLR" => (o, last) => StepLR(o, 7, 0.3, last),
            "MultiStepLR" => (o, last) => MultiStepLR(o, [20, 5, 12, 12], 0.2, last),
            "ExponentialLR" => (o, last) => ExponentialLR(o, 0.9, last),
            "CosineAnnealingLR" => (o, last) => CosineAnnealingLR(o, 30, 0, last),
            "CosineAnnealingLR, floor, past the end" => (o, last) => CosineAnnealingLR(o, 8, 0.001, last),
            "LambdaLR" => (o, last) => LambdaLR(o, epoch => 1.0 / (1 + epoch), last),
            "LinearLR" => (o, last) => LinearLR(o, 0.1, 0.8, 6, last),
            _ => (o, last) => ConstantLR(o, 0.25, 4, last),
        };
        using var optimizer = Make("SGD");
        foreach (var (group, rate) in optimizer.ParamGroups.Zip(rates[11])) group.LearningRate = rate;
        var scheduler = from(optimizer, 11);
        for (var epoch = 12; epoch < 30; epoch++, scheduler.step()) AssertClose(rates[epoch], scheduler.get_last_lr(), $"rate of epoch {epoch}");
    }

    [Fact]
    public void Step_PastTheEndOfOneCycle_Throws()
    {
        using var optimizer = Make("SGD");
        var scheduler = OneCycleLR(optimizer, 0.4, total_steps: 3);
        for (var k = 0; k < 3; k++) scheduler.step();
        Assert.Throws<InvalidOperationException>(scheduler.step);
    }

    [Fact]
    public void Constructor_ValuesThatCannotBeMeant_Throws()
    {
        using var optimizer = Make("SGD");
        using var other = Make("SGD");
        Assert.Throws<ArgumentException>(() => StepLR(optimizer, 0));
        Assert.Throws<ArgumentException>(() => CosineAnnealingLR(optimizer, 0));
        Assert.Throws<ArgumentException>(() => LinearLR(optimizer, start_factor: 0));
        Assert.Throws<ArgumentException>(() => LinearLR(optimizer, end_factor: 1.5));
        Assert.Throws<ArgumentException>(() => ConstantLR(optimizer, factor: 2));
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 0.4));
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 0.4, total_steps: 10, pct_start: 1.5));
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, [0.4], total_steps: 10));
        Assert.Throws<ArgumentException>(() => SequentialLR(optimizer, [ExponentialLR(optimizer)], [3]));
        Assert.Throws<ArgumentException>(() => SequentialLR(optimizer, [ExponentialLR(optimizer), ExponentialLR(other)], [3]));
        Assert.Throws<ArgumentException>(() => new impl.LambdaLR(optimizer, [epoch => epoch]));
    }

    [Fact]
    public void Constructor_Verbose_Throws()
    {
        using var optimizer = Make("SGD");
        Assert.Throws<NotSupportedException>(() => ExponentialLR(optimizer, verbose: true));
    }

    private static OptimizerHelper Make(string kind)
    {
        var parameters = PyTorchValues.Parameters();
        if (kind == "SGD")
        {
            return torch.optim.SGD(
                [new SGD.ParamGroup([parameters[0]], new SGD.Options { LearningRate = 0.1 }), new SGD.ParamGroup([parameters[1]], new SGD.Options { LearningRate = 0.02 })],
                0.1,
                momentum: 0.9);
        }

        return torch.optim.Adam([new Adam.ParamGroup([parameters[0]], lr: 0.1), new Adam.ParamGroup([parameters[1]], lr: 0.02)]);
    }

    private static double Momentum(ILearningRateController group) => group is IBetas adam ? adam.Betas.Item1 : ((IMomentum)group).Momentum;

    private static void AssertClose(double[] expected, IEnumerable<double> found, string what)
    {
        foreach (var (wanted, value) in expected.Zip(found, (wanted, value) => (wanted, value)))
            Assert.True(Math.Abs(wanted - value) <= 1e-12, $"{what}: PyTorch {wanted:g17}, found {value:g17}");
    }
}
