using Ensemble.Acceleration;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Training;

[Collection(TensorTests.Name)]
public sealed class WeightRulesTests
{
    private static readonly TrainingOptions s_options = new()
    {
        Epochs = 3,
        BatchSize = 8,
        LearningRate = 0.1,
        WarmupShare = 0,
        Schedule = LearningRateSchedule.Constant,
        Precision = Precision.Fp32,
    };

    [Fact]
    public void Train_AdamW_DecaysApartFromTheGradient()
    {
        // Without a gradient, Adam's step is zero and the decay alone is left: w <- w - lr * decay * w = 0.95 w.
        var (before, after) = Trained(ScriptedObjective.Flat, s_options with { Epochs = 1, BatchSize = 64, Optimizer = OptimizerKind.AdamW, LearningRate = 0.5, WeightDecay = 0.1 });

        foreach (var (name, values) in before)
        {
            var factor = name.EndsWith("weight", StringComparison.Ordinal) ? 0.95f : 1;
            PyTorchFixture.Near([.. values.Select(value => value * factor)], after[name], 1e-6, name);
        }
    }

    [Fact]
    public void Train_AdamW_LearnsAndDiffersFromSgd()
    {
        var sgd = Trained(new HardLabels(), s_options).After;
        var adam = Trained(new HardLabels(), s_options with { Optimizer = OptimizerKind.AdamW, LearningRate = 0.01 }).After;

        Assert.NotEqual(sgd["layers.1.weight"], adam["layers.1.weight"]);
    }

    [Fact]
    public void Train_DecayOfAll_ReachesBiasesToo()
    {
        var options = s_options with { Epochs = 1, BatchSize = 64, LearningRate = 0.5, Momentum = 0, WeightDecay = 0.1 };
        var (before, after) = Trained(ScriptedObjective.Flat, options with { DecayedParameters = WeightDecayScope.All });

        foreach (var (name, values) in before)
        {
            PyTorchFixture.Near([.. values.Select(value => value * 0.95f)], after[name], 1e-6, name);
        }
    }

    [Fact]
    public void Train_MaxNorm_HoldsEveryRowAndLeavesShortOnesAlone()
    {
        const float Limit = 0.6f;
        var (before, after) = Trained(ScriptedObjective.Flat, s_options with { Epochs = 1, BatchSize = 64, WeightDecay = 0, MaxNorm = Limit });
        var rows = before["layers.1.weight"].Chunk(16).Zip(after["layers.1.weight"].Chunk(16)).ToArray();

        Assert.Contains(rows, row => Norm(row.First) > Limit);
        Assert.All(rows, row =>
        {
            var scale = Math.Min(1, Limit / Norm(row.First));
            PyTorchFixture.Near([.. row.First.Select(value => value * scale)], row.Second, 1e-5, "row");
        });
        Assert.Equal(before["layers.1.bias"], after["layers.1.bias"]);
    }

    [Fact]
    public void Train_Ema_EndsWithTheAverageOfEveryStep()
    {
        var steps = Steps(s_options);

        var (start, after) = Trained(new HardLabels(), s_options with { EmaDecay = 0.5 });

        // The average starts at the first weights, and follows with min(0.5, (1 + t) / (10 + t)).
        var expected = start["layers.1.weight"].Select(value => (double)value).ToArray();
        for (var step = 0; step < steps.Count; step++)
        {
            var decay = Math.Min(0.5, (1.0 + step) / (10 + step));
            expected = [.. expected.Zip(steps[step], (average, value) => (average * decay) + (value * (1 - decay)))];
        }

        PyTorchFixture.Near([.. expected.Select(value => (float)value)], after["layers.1.weight"], 1e-5, "average");
        Assert.NotEqual(steps[^1], after["layers.1.weight"]);
    }

    [Fact]
    public void Train_Lookahead_MovesHalfWayAtEachKthStep()
    {
        // One epoch of two steps, k = 2: the slow weights end half way between the start and what plain SGD reaches.
        var options = s_options with { Epochs = 1, BatchSize = 20 };
        var (start, plain) = Trained(new HardLabels(), options);
        var after = Trained(new HardLabels(), options with { LookaheadSteps = 2 }).After;

        PyTorchFixture.Near(
            [.. start["layers.1.weight"].Zip(plain["layers.1.weight"], (slow, fast) => (slow + fast) / 2)], after["layers.1.weight"], 1e-6, "slow weights");
    }

    [Fact]
    public void Train_LookaheadLongerThanTheRun_StillMovesHalfWay()
    {
        var options = s_options with { Epochs = 1, BatchSize = 20 };
        var (start, plain) = Trained(new HardLabels(), options);
        var after = Trained(new HardLabels(), options with { LookaheadSteps = 500 }).After;

        PyTorchFixture.Near(
            [.. start["layers.1.weight"].Zip(plain["layers.1.weight"], (slow, fast) => (slow + fast) / 2)], after["layers.1.weight"], 1e-6, "slow weights");
    }

    [Fact]
    public void Train_LastStepMakesAWeightInfinite_IsAFaultAndNoModel()
    {
        // A finite loss whose one step leaves the range of float32.
        var steep = new ScriptedObjective(input => new LossTerms(("steep", new HardLabels().Compute(input).Total * 1e10f)));

        var fault = Assert.Throws<TrainingFaultException>(
            () => Trained(steep, s_options with { Epochs = 1, BatchSize = 64, LearningRate = 1e38 }));

        Assert.StartsWith("layers.", fault.Term, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0, 0)]
    [InlineData(OptimizerKind.AdamW, 0.9, 0)]
    [InlineData(OptimizerKind.Sgd, 0, 3)]
    public void Train_EveryRule_LeavesNoTensors(OptimizerKind optimizer, double emaDecay, int lookahead)
    {
        using var data = TinySets.Resident(TinySets.Halves());
        using var network = ModelRegistry.CreateDefault().Create("resnet8x0.25", data.Shape, 2, 1);
        var before = LiveTensors.Count();

        TinySets.Train(network, data, new HardLabels(), null, s_options with { Optimizer = optimizer, EmaDecay = emaDecay, LookaheadSteps = lookahead, MaxNorm = 2 });

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static float Norm(IEnumerable<float> values) => (float)Math.Sqrt(values.Sum(value => (double)value * value));

    // The first layer's weights after each step, from runs that stop there: the constant schedule makes them the same run.
    private static List<float[]> Steps(TrainingOptions options)
    {
        var seen = new List<float[]>();
        using var data = TinySets.Resident(TinySets.Halves());
        using var network = ModelRegistry.CreateDefault().Create("mlp-8", data.Shape, 2, 1);
        var count = 0;
        var spy = new ScriptedObjective(input =>
        {
            if (count++ > 0)
            {
                seen.Add(PyTorchFixture.Values(network.named_parameters().First(found => found.name == "layers.1.weight").parameter));
            }

            return new HardLabels().Compute(input);
        });
        TinySets.Train(network, data, spy, null, options);
        seen.Add(PyTorchFixture.Values(network.named_parameters().First(found => found.name == "layers.1.weight").parameter));
        return seen;
    }

    private static (Dictionary<string, float[]> Before, Dictionary<string, float[]> After) Trained(IObjective objective, TrainingOptions options)
    {
        using var data = TinySets.Resident(TinySets.Halves());
        using var network = ModelRegistry.CreateDefault().Create("mlp-8", data.Shape, 2, 1);
        var before = Values(network);
        TinySets.Train(network, data, objective, null, options);
        return (before, Values(network));
    }

    private static Dictionary<string, float[]> Values(torch.nn.Module network) =>
        network.named_parameters().ToDictionary(found => found.name, found => PyTorchFixture.Values(found.parameter));
}
