using Ensemble.Distillation;
using Ensemble.Teachers;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Distillation;

/// <summary>What holds for every method that learns from logits.</summary>
[Collection(TensorTests.Name)]
public sealed class MethodTests
{
    private static readonly string[] s_methods = ["kd", "logits", "mean-kl", "dkd", "kd-std", "dist"];

    public static TheoryData<MethodCase> Cases() => [.. PyTorchFixture.Read<MethodCases>("methods.json").Cases];

    public static TheoryData<string> Methods() => [.. s_methods];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_FixedLogits_EqualsPyTorch(MethodCase expected)
    {
        var (terms, gradient) = Objectives.Evaluate(
            Create(expected.Method, OptionsOf(expected)),
            expected.Student,
            expected.Teachers,
            expected.Labels,
            expected.MemberWeights,
            expected.MixLabels is null ? null : (expected.MixLabels, expected.MixWeights!));

        Assert.Equal(expected.Terms.Keys.Order(), terms.Keys.Order());
        // What float32 rounds in a divergence is multiplied by T^2 and the weight of the soft half.
        var rounding = 2e-7 * (expected.SoftWeight ?? 1) * expected.Temperature * expected.Temperature;
        Assert.All(expected.Terms, term => Assert.Equal(term.Value, terms[term.Key], (2e-5 * Math.Max(1, Math.Abs(term.Value))) + rounding));
        PyTorchFixture.Near(expected.Gradient, gradient, 1e-5 + rounding);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compute_StudentEqualsEveryTeacher_IsZero(string method)
    {
        float[] logits = [4, -3, 0.5f, 2, 2, -9];
        var (terms, gradient) = Objectives.Evaluate(Create(method, new ObjectiveOptions { HardWeight = 0 }), logits, [.. logits, .. logits], [0, 1]);

        Assert.All(terms, term => Assert.Equal(0, term.Value, 2e-4));
        Assert.All(gradient, value => Assert.Equal(0, value, 1e-4));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compute_DifferentTeachersOrWeights_GivesDifferentValues(string method)
    {
        float[] first = [1, 4, -2, 0, 0.5f, 1];
        float[] second = [3, 0, 1, -1, 2, 0];
        double Total(float[] teachers, double[]? weights = null) => Objectives.Evaluate(
            Create(method, new ObjectiveOptions { HardWeight = 0 }), [0.5f, -1, 2, 0, 1, 3], teachers, [0, 2], weights).Terms.Values.Sum();

        double[] values = [Total(first), Total(second), Total([.. first, .. second]), Total([.. first, .. second], [0.8, 0.2])];

        Assert.Equal(4, values.Select(value => Math.Round(value, 5)).Distinct().Count());
        Assert.Equal(Total([.. first, .. second]), Total([.. first, .. second], [0.5, 0.5]), 1e-4);
        Assert.Equal(values[0], Total([.. first, .. second], [1, 0]), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compute_BatchOfOne_IsFinite(string method)
    {
        var (terms, gradient) = Objectives.Evaluate(Create(method, new ObjectiveOptions()), [1, -2, 0.5f], [3, 0, 1], [0]);

        Assert.All(terms.Values, value => Assert.True(double.IsFinite(value)));
        Assert.All(gradient, value => Assert.True(float.IsFinite(value)));
        Assert.Contains(gradient, value => value != 0);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compute_EqualOrExtremeLogits_IsFinite(string method)
    {
        var (terms, gradient) = Objectives.Evaluate(
            Create(method, new ObjectiveOptions()), [0, 0, 0, 1e3f, -1e3f, 0], [1e4f, -1e4f, 0, 0, 0, 0], [1, 0]);

        Assert.All(terms.Values, value => Assert.True(double.IsFinite(value)));
        Assert.All(gradient, value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compute_InAScope_LeavesNoTensor(string method)
    {
        var before = LiveTensors.Count();

        Objectives.Evaluate(Create(method, new ObjectiveOptions()), [1, 2, 3, 4], [4, 3, 2, 1], [0, 1], [1.0], ([1, 0], [0.5f, 0.25f]));

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Compute_WithoutTeachersOrWithBadWeights_Throws(string method)
    {
        var objective = Create(method, new ObjectiveOptions());

        Assert.True(objective.NeedsTeachers);
        Assert.Throws<ArgumentException>(() => Objectives.Evaluate(objective, [1, 2], null, [0]));
        Assert.Throws<ArgumentException>(() => Objectives.Evaluate(objective, [1, 2], [2, 1], [0], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => Objectives.Evaluate(objective, [1, 2], [2, 1], [0], [0.9]));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Constructor_OptionsOutOfRange_Throws(string method) =>
        Assert.Throws<ArgumentException>(() => Create(method, new ObjectiveOptions { Temperature = 0 }));

    private static ObjectiveOptions OptionsOf(MethodCase expected) => new()
    {
        Temperature = expected.Temperature,
        HardWeight = expected.HardWeight,
        SoftWeight = expected.SoftWeight,
        LabelSmoothing = expected.LabelSmoothing,
        Averaging = Enum.Parse<Averaging>(expected.Averaging, ignoreCase: true),
        DkdAlpha = expected.Alpha,
        DkdBeta = expected.Beta,
        DistInterWeight = expected.Inter,
        DistIntraWeight = expected.Intra,
    };

    // Through the constructors, which check the options too.
    private static IObjective Create(string method, ObjectiveOptions options) => method switch
    {
        "kd" => new SoftTargetDistillation(options),
        "logits" => new LogitMatching(options),
        "mean-kl" => new MeanMemberDivergence(options),
        "dkd" => new DecoupledDistillation(options),
        "kd-std" => new StandardizedDistillation(options),
        _ => new RelationDistillation(options),
    };
}
