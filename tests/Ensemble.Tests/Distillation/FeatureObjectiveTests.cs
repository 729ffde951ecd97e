using Ensemble.Distillation;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Tests;

namespace Ensemble.Tests.Distillation;

/// <summary>The methods that compare maps, on maps that are given.</summary>
[Collection(TensorTests.Name)]
public sealed class FeatureObjectiveTests
{
    private static readonly ObjectiveOptions s_options = new() { HintWeight = 3, AttentionWeight = 3 };

    public static TheoryData<FeatureCase> Cases() => [.. PyTorchFixture.Read<FeatureCases>("features.json").Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_FixedMaps_EqualsPyTorch(FeatureCase expected)
    {
        var (value, gradient, kernelGradient) = Evaluate(expected, s_options);

        Assert.Equal(3 * expected.Value, value, 1e-5);
        PyTorchFixture.Near([.. expected.Gradient.Select(slope => 3 * slope)], gradient, 1e-5);
        if (expected.KernelGradient is not null)
        {
            PyTorchFixture.Near([.. expected.KernelGradient.Select(slope => 3 * slope)], kernelGradient!, 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_OtherTeachers_GivesAnotherValue(FeatureCase expected)
    {
        var other = expected with { Members = [.. expected.Members.Select(map => map.Select(value => 1 - (value * value)).ToArray())] };

        Assert.NotEqual(Evaluate(expected, s_options).Value, Evaluate(other, s_options).Value, 1e-4);
    }

    [Fact]
    public void Compute_AttentionWorkedByHand_ComparesDirectionsOfEnergy()
    {
        // Student energies 3^2 and 4^2 in two channels: (9, 16); teacher (1, 0): directions (9, 16) / sqrt(337) and (1, 0).
        var worked = new FeatureCase("", "attention", 1, [2, 1, 2], [[1, 1, 2]], null, [3, 0, 0, 4], [[-2, 0]], [], [], 0, [], null);

        var length = Math.Sqrt(337);
        Assert.Equal((((9 / length) - 1) * ((9 / length) - 1) + (256 / 337.0)) / 2 * 3, Evaluate(worked, s_options).Value, 1e-5);
    }

    [Fact]
    public void Compute_AttentionOfScaledMaps_IsZero()
    {
        var scaled = new FeatureCase("", "attention", 1, [1, 2, 2], [[1, 2, 2]], null, [1, 2, 3, 4], [[-2, 4, -6, 8]], [], [], 0, [], null);

        Assert.Equal(0, Evaluate(scaled, s_options).Value, 1e-6);
    }

    [Fact]
    public void Compute_AttentionOfABlankMap_IsFinite()
    {
        var blank = new FeatureCase("", "attention", 1, [1, 2, 2], [[1, 2, 2]], null, new float[4], [[1, 2, 3, 4]], [], [], 0, [], null);

        var (value, gradient, _) = Evaluate(blank, s_options);

        // Nothing against a direction: |1|^2 over four places.
        Assert.Equal(3 / 4.0, value, 1e-5);
        Assert.All(gradient, slope => Assert.True(float.IsFinite(slope)));
    }

    [Fact]
    public void Compute_HintWorkedByHand_IsTheMeanSquareBehindTheRegressor()
    {
        // One channel to two by (2, -1) and biases (0, 1): (2, 4) and (0, -1) against (1, 4) and (2, 0): 1 + 0 + 4 + 1 over 4.
        var worked = new FeatureCase(
            "", "fitnets", 1, [1, 1, 2], [[2, 1, 2]], null, [1, 2], [[1, 4, 2, 0]], [[2, -1]], [[0, 1]], 0, [], null);

        Assert.Equal(3 * 6 / 4.0, Evaluate(worked, s_options).Value, 1e-5);
    }

    [Theory]
    [InlineData("attention")]
    [InlineData("fitnets")]
    public void Compute_OtherTerms_AreThoseOfSoftTargets(string method)
    {
        var plain = Objectives.Evaluate(new SoftTargetDistillation(s_options), [1, 2, 0], [0, 1, 4], [0]);
        using var scope = torch.NewDisposeScope();
        var terms = Create(method, s_options).Compute(InputOf(
            new FeatureCase("", method, 1, [1, 2, 2], [[1, 2, 2]], null, [1, 2, 3, 4], [[4, 3, 2, 1]], [], [], 0, [], null), [1, 2, 0], [0, 1, 4], 1, out _));

        Assert.Equal(["hard", "soft", method == "attention" ? "attention" : "hint"], terms.Terms.Select(term => term.Name));
        Assert.All(terms.Terms.SkipLast(1), term => Assert.Equal(plain.Terms[term.Name], term.Value.item<float>(), 1e-6));
    }

    [Theory]
    [InlineData("attention")]
    [InlineData("fitnets")]
    public void Compute_WithoutMaps_Throws(string method) =>
        Assert.Throws<ArgumentException>(() => Objectives.Evaluate(Create(method, s_options), [1, 2], [2, 1], [0]));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_InAScope_LeavesNoTensor(FeatureCase expected)
    {
        var before = LiveTensors.Count();

        Evaluate(expected, s_options);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Plan_Attention_PairsFromTheLastStage()
    {
        var plan = new AttentionTransfer(s_options).Plan(Stages(3, 4), [Stages(4, 8), Stages(3, 8)], 1);

        Assert.Equal([0, 1, 2], plan.StudentStages);
        Assert.Equal([1, 2, 3], plan.MemberStages[0]);
        Assert.Equal([0, 1, 2], plan.MemberStages[1]);
        Assert.Null(plan.Adapters);
    }

    [Fact]
    public void Plan_Hint_TakesTheMiddleAndARegressorWhereChannelsDiffer()
    {
        var plan = new HintDistillation(s_options).Plan(Stages(3, 4), [Stages(4, 8), Stages(5, 4)], 1);
        using var adapters = plan.Adapters;

        Assert.Equal([1], plan.StudentStages);
        Assert.Equal([[1], [2]], plan.MemberStages);
        Assert.Equal(["0.weight", "0.bias"], adapters!.state_dict().Keys);
        Assert.Equal([8L, 4, 1, 1], adapters.state_dict()["0.weight"].shape);
    }

    [Fact]
    public void Plan_HintOfOneSeed_GivesTheSameRegressor()
    {
        float[] First(ulong seed)
        {
            var plan = new HintDistillation(s_options).Plan(Stages(3, 4), [Stages(3, 8)], seed);
            using var adapters = plan.Adapters;
            return PyTorchFixture.Values(adapters!.state_dict()["0.weight"]);
        }

        Assert.Equal(First(7), First(7));
        Assert.NotEqual(First(7), First(8));
    }

    [Fact]
    public void Plan_HintStageThatIsNotThere_NamesThoseThatAre()
    {
        var objective = new HintDistillation(s_options with { HintStage = 4 });

        var fault = Assert.Throws<FeatureFaultException>(() => objective.Plan(Stages(4, 4), [Stages(3, 8)], 1));

        Assert.Equal("teacher 1", fault.Subject);
        Assert.Contains("stage0, stage1, stage2", fault.Found, StringComparison.Ordinal);
    }

    private static StageShape[] Stages(int count, int channels) =>
        [.. Enumerable.Range(0, count).Select(place => new StageShape($"stage{place}", channels, 8 >> place, 8 >> place))];

    private static IFeatureObjective Create(string method, ObjectiveOptions options) =>
        method == "attention" ? new AttentionTransfer(options) : new HintDistillation(options);

    private static (double Value, float[] Gradient, float[]? KernelGradient) Evaluate(FeatureCase given, ObjectiveOptions options)
    {
        using var scope = torch.NewDisposeScope();
        var logits = new float[2 * given.Batch];
        var input = InputOf(given, logits, [.. Enumerable.Range(0, given.Members.Length).SelectMany(_ => logits)], given.Batch, out var student);
        var terms = Create(given.Method, options).Compute(input);
        terms.Total.backward();
        var kernel = input.Features!.Adapters?.children().OfType<Conv2d>().FirstOrDefault()?.weight.grad;
        var result = (terms.Terms[^1].Value.item<float>(), PyTorchFixture.Values(student.grad!), kernel is null ? null : PyTorchFixture.Values(kernel));
        input.Features.Adapters?.Dispose();
        return result;
    }

    private static ObjectiveInput InputOf(FeatureCase given, float[] logits, float[] teachers, int batch, out torch.Tensor student)
    {
        student = torch.tensor(given.Student, [batch, .. given.StudentShape.Select(size => (long)size)], requires_grad: true);
        var members = given.Members.Zip(given.MemberShapes, (map, shape) => torch.tensor(map, [batch, .. shape.Select(size => (long)size)]));
        var classes = logits.Length / batch;
        return new ObjectiveInput
        {
            StudentLogits = torch.tensor(logits, [batch, classes], requires_grad: true),
            Labels = torch.zeros([batch], torch.ScalarType.Int64),
            TeacherLogits = torch.tensor(teachers, [teachers.Length / logits.Length, batch, classes]),
            TeacherWeights = given.MemberWeights,
            Features = new FeatureMaps { Student = [student], Members = [.. members.Select(map => new[] { map })], Adapters = AdaptersOf(given) },
        };
    }

    private static ModuleList<torch.nn.Module<torch.Tensor, torch.Tensor>>? AdaptersOf(FeatureCase given)
    {
        if (given.Method != "fitnets")
        {
            return null;
        }

        var regressors = torch.nn.ModuleList<torch.nn.Module<torch.Tensor, torch.Tensor>>();
        using var guard = torch.no_grad();
        foreach (var (shape, place) in given.MemberShapes.Select((shape, place) => (shape, place)))
        {
            if (shape[0] == given.StudentShape[0])
            {
                regressors.append(torch.nn.Identity());
                continue;
            }

            var regressor = torch.nn.Conv2d(given.StudentShape[0], shape[0], 1);
            regressor.weight.copy_(torch.tensor(given.Kernels[place], regressor.weight.shape));
            regressor.bias!.copy_(torch.tensor(given.Biases[place]));
            regressors.append(regressor);
        }

        return regressors;
    }
}
