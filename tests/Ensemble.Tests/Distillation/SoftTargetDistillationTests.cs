using Ensemble.Distillation;
using Ensemble.Teachers;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Distillation;

[Collection(TensorTests.Name)]
public sealed class SoftTargetDistillationTests
{
    public static TheoryData<ObjectiveCase> Cases() => [.. PyTorchFixture.Read<ObjectiveCases>("objectives.json").Cases];

    [Fact]
    public void Compute_WorkedByHand_GivesWeightedTerms()
    {
        // T = 2. Teachers 2 ln 3 and 2 ln 1 over 0: softened (3/4, 1/4) and (1/2, 1/2), mean p = (5/8, 3/8).
        // Student 0, 0: q = (1/2, 1/2). KL = 5/8 ln(5/4) + 3/8 ln(3/4); soft = 0.75 * 4 * KL; hard = 0.25 ln 2.
        var (terms, gradient) = Objectives.Evaluate(
            Distil(temperature: 2, hardWeight: 0.25), [0, 0], [2 * MathF.Log(3), 0, 0, 0], [1]);

        var divergence = (0.625 * Math.Log(1.25)) + (0.375 * Math.Log(0.75));
        Assert.Equal(3 * divergence, terms["soft"], 1e-6);
        Assert.Equal(0.25 * Math.Log(2), terms["hard"], 1e-6);
        // 0.75 * 2 * (q - p) + 0.25 * (q - y) = 1.5 * (-1/8, 1/8) + 0.25 * (1/2, -1/2)
        PyTorchFixture.Near([-0.0625f, 0.0625f], gradient, 1e-6);
    }

    [Fact]
    public void Compute_GeometricWorkedByHand_AveragesLogits()
    {
        // T = 1. Teachers ln 16 and 0 over 0: mean logit ln 4, p = (4/5, 1/5); the arithmetic mean were (0.7206, 0.2794).
        var (terms, _) = Objectives.Evaluate(
            Distil(1, 0, Averaging.Geometric), [0, 0], [MathF.Log(16), 0, 0, 0], [0]);

        Assert.Equal((0.8 * Math.Log(1.6)) + (0.2 * Math.Log(0.4)), Assert.Single(terms).Value, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_FixedLogits_EqualsPyTorch(ObjectiveCase expected)
    {
        var averaging = Enum.Parse<Averaging>(expected.Averaging, ignoreCase: true);
        var (terms, gradient) = Objectives.Evaluate(
            Distil(expected.Temperature, expected.HardWeight, averaging), expected.Student, expected.Teachers, expected.Labels);

        Assert.Equal(expected.Soft, terms["soft"], 1e-4 * Math.Max(1, Math.Abs(expected.Soft)));
        Assert.Equal(expected.Hard, terms.GetValueOrDefault("hard"), 1e-5 * Math.Max(1, Math.Abs(expected.Hard)));
        PyTorchFixture.Near(expected.Gradient, gradient, 2e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_FixedLogits_HasTheGradientInClosedForm(ObjectiveCase expected)
    {
        // (1 - w) T (q_T - p_T) / B + w (q - y) / B
        var averaging = Enum.Parse<Averaging>(expected.Averaging, ignoreCase: true);
        var (_, gradient) = Objectives.Evaluate(
            Distil(expected.Temperature, expected.HardWeight, averaging), expected.Student, expected.Teachers, expected.Labels);

        var (temperature, weight, classes) = (expected.Temperature, expected.HardWeight, expected.Classes);
        var closed = new float[gradient.Length];
        for (var row = 0; row < expected.Batch; row++)
        {
            var student = expected.Student.AsSpan(row * classes, classes);
            var softened = Objectives.Softmax(student, temperature);
            var plain = Objectives.Softmax(student);
            var target = Average(expected, row, averaging);
            for (var column = 0; column < classes; column++)
            {
                var label = expected.Labels[row] == column ? 1 : 0;
                closed[(row * classes) + column] = (float)(
                    (((1 - weight) * temperature * (softened[column] - target[column])) + (weight * (plain[column] - label))) / expected.Batch);
            }
        }

        PyTorchFixture.Near(closed, gradient, 2e-6);
    }

    [Fact]
    public void Compute_HardWeightOne_EqualsHardLabels()
    {
        float[] student = [0.5f, -1, 2, 0, 1, 3];
        var (terms, gradient) = Objectives.Evaluate(Distil(4, 1), student, [9, 0, 0, 0, 0, 9], [0, 2]);
        var (hard, hardGradient) = Objectives.Evaluate(new HardLabels(), student, null, [0, 2]);

        Assert.Equal(hard["hard"], terms["hard"]);
        Assert.Equal(0, terms["soft"]);
        Assert.Equal(hardGradient, gradient);
    }

    [Fact]
    public void Compute_HardWeightZero_HasNoHardTermAndIgnoresLabels()
    {
        float[] student = [0.5f, -1, 2, 0, 1, 3];
        var first = Objectives.Evaluate(Distil(4, 0), student, [9, 0, 0, 0, 0, 9], [0, 2]);
        var second = Objectives.Evaluate(Distil(4, 0), student, [9, 0, 0, 0, 0, 9], [1, 1]);

        Assert.Equal("soft", Assert.Single(first.Terms).Key);
        Assert.Equal(first.Terms, second.Terms);
        Assert.Equal(first.Gradient, second.Gradient);
    }

    [Fact]
    public void Compute_HighTemperatureAndZeroMeanLogits_MatchesLogits()
    {
        // Eq. 4 of the paper: dC/dz -> (z - v) / (N T^2) for logits of mean zero; the objective multiplies by T^2.
        float[] student = [1, -2, 0.5f, 0.5f];
        float[] teacher = [3, 0, -1, -2];

        var (_, gradient) = Objectives.Evaluate(Distil(500, 0), student, teacher, [0]);

        PyTorchFixture.Near([.. student.Zip(teacher, (z, v) => (z - v) / 4)], gradient, 5e-3);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(4.0)]
    [InlineData(20.0)]
    [InlineData(100.0)]
    public void Compute_AnyTemperature_KeepsTheGradientsMagnitude(double temperature)
    {
        var (_, gradient) = Objectives.Evaluate(Distil(temperature, 0), [0.3f, -0.1f, -0.2f], [0.6f, 0.1f, -0.7f], [0]);

        // Without T^2 it would fall as 1 / T^2. These small logits give |z - v| / N = 0.3 / 3, 0.2 / 3, 0.5 / 3 nearly.
        Assert.InRange(gradient.Sum(Math.Abs), 0.7 / 3, 1.3 / 3);
    }

    [Theory]
    [InlineData(Averaging.Arithmetic)]
    [InlineData(Averaging.Geometric)]
    public void Compute_StudentEqualsEveryTeacher_IsZero(Averaging averaging)
    {
        float[] logits = [4, -3, 0.5f, 2, 2, -9];
        var (terms, gradient) = Objectives.Evaluate(Distil(3, 0, averaging), logits, [.. logits, .. logits, .. logits], [0, 1]);

        Assert.Equal(0, terms["soft"], 1e-5);
        Assert.All(gradient, value => Assert.Equal(0, value, 1e-6));
    }

    [Fact]
    public void Compute_OneTeacher_ArithmeticEqualsGeometric()
    {
        float[] student = [0.5f, -1, 2, 0, 1, 3];
        float[] teacher = [1, 4, -2, 0.25f, 7, 3];
        var arithmetic = Objectives.Evaluate(Distil(4, 0.1, Averaging.Arithmetic), student, teacher, [0, 2]);
        var geometric = Objectives.Evaluate(Distil(4, 0.1, Averaging.Geometric), student, teacher, [0, 2]);

        Assert.Equal(arithmetic.Terms["soft"], geometric.Terms["soft"], 1e-6);
        PyTorchFixture.Near(arithmetic.Gradient, geometric.Gradient, 1e-6);
    }

    [Fact]
    public void Compute_DifferentTeachersOrderOrAveraging_GivesDifferentValues()
    {
        float[] student = [0.5f, -1, 2];
        float[] first = [1, 4, -2];
        float[] second = [3, 0, 1];
        double Soft(float[] teachers, Averaging averaging = Averaging.Arithmetic) =>
            Objectives.Evaluate(Distil(4, 0.1, averaging), student, teachers, [0]).Terms["soft"];

        double[] values = [Soft(first), Soft(second), Soft([.. first, .. second]), Soft([.. first, .. second], Averaging.Geometric)];

        Assert.Equal(values.Length, values.Select(value => Math.Round(value, 3)).Distinct().Count());
        Assert.Equal(Soft([.. first, .. second]), Soft([.. second, .. first]), 1e-6);
    }

    [Theory]
    [InlineData(Averaging.Arithmetic)]
    [InlineData(Averaging.Geometric)]
    public void Compute_ExtremeLogits_StaysFinite(Averaging averaging)
    {
        float[] student = [-1e4f, 1e4f, 0];
        float[] teachers = [1e4f, -1e4f, 0, 1e4f, 0, -1e4f];

        var (terms, gradient) = Objectives.Evaluate(Distil(1, 0.5, averaging), student, teachers, [0]);

        // p = (1, 0, 0), log q = (-2e4, 0, -1e4): KL 2e4, and so is the cross-entropy; each has the weight 0.5.
        Assert.Equal(1e4, terms["soft"], 1);
        Assert.Equal(1e4, terms["hard"], 1);
        PyTorchFixture.Near([-1, 1, 0], gradient, 1e-6);
    }

    [Fact]
    public void Compute_WithoutTeachers_SaysSo()
    {
        var fault = Assert.Throws<ArgumentException>(() => Objectives.Evaluate(Distil(4, 0.1), [1, 2], null, [0]));

        Assert.Contains("teacher logits", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_InAScope_LeavesNoTensor()
    {
        var before = LiveTensors.Count();

        Objectives.Evaluate(Distil(4, 0.1), [1, 2, 3, 4], [4, 3, 2, 1], [0, 1]);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Compute_InAScope_LeavesTheInputsToTheCaller()
    {
        using var student = torch.tensor(new float[] { 1, 2 }, [1, 2], requires_grad: true);
        using var teachers = torch.tensor(new float[] { 2, 1 }, [1, 1, 2]);
        using var labels = torch.tensor(new long[] { 0 });
        using (torch.NewDisposeScope())
        {
            Distil(4, 0.1).Compute(new ObjectiveInput { StudentLogits = student, Labels = labels, TeacherLogits = teachers });
        }

        Assert.Equal([2f, 1f], PyTorchFixture.Values(teachers));
        Assert.Equal([1f, 2f], PyTorchFixture.Values(student));
        Assert.Equal(1, labels.numel());
    }

    private static SoftTargetDistillation Distil(double temperature, double hardWeight, Averaging averaging = Averaging.Arithmetic) =>
        new(new ObjectiveOptions { Temperature = temperature, HardWeight = hardWeight, Averaging = averaging });

    private static double[] Average(ObjectiveCase expected, int row, Averaging averaging)
    {
        var members = Enumerable.Range(0, expected.Members)
            .Select(member => expected.Teachers.AsSpan(((member * expected.Batch) + row) * expected.Classes, expected.Classes).ToArray())
            .ToArray();
        if (averaging == Averaging.Geometric)
        {
            return Objectives.Softmax([.. Enumerable.Range(0, expected.Classes).Select(c => members.Average(member => member[c]))], expected.Temperature);
        }

        var probabilities = members.Select(member => Objectives.Softmax(member, expected.Temperature)).ToArray();
        return [.. Enumerable.Range(0, expected.Classes).Select(c => probabilities.Average(p => p[c]))];
    }
}
