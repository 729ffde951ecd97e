using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Tests.Distillation;

/// <summary>Runs objectives on plain arrays.</summary>
internal static class Objectives
{
    /// <summary>The terms by name, and the gradient of their sum with respect to the student's logits.</summary>
    public static (Dictionary<string, double> Terms, float[] Gradient) Evaluate(
        IObjective objective,
        float[] student,
        float[]? teachers,
        long[] labels,
        double[]? weights = null,
        (long[] Labels, float[] Weights)? mix = null)
    {
        using var scope = torch.NewDisposeScope();
        var classes = student.Length / labels.Length;
        var logits = torch.tensor(student, [labels.Length, classes], requires_grad: true);
        var terms = objective.Compute(new ObjectiveInput
        {
            StudentLogits = logits,
            Labels = torch.tensor(labels),
            MixLabels = mix is { } mixed ? torch.tensor(mixed.Labels) : null,
            MixWeights = mix is { } mixing ? torch.tensor(mixing.Weights) : null,
            TeacherWeights = weights,
            TeacherLogits = teachers is null ? null : torch.tensor(teachers, [teachers.Length / student.Length, labels.Length, classes]),
        });
        terms.Total.backward();
        return (terms.Terms.ToDictionary(term => term.Name, term => (double)term.Value.item<float>()), PyTorchFixture.Values(logits.grad!));
    }

    /// <summary>softmax(logits / T) of one row, in double.</summary>
    public static double[] Softmax(ReadOnlySpan<float> logits, double temperature = 1)
    {
        var values = new double[logits.Length];
        var maximum = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            maximum = Math.Max(maximum, logit);
        }

        for (var position = 0; position < values.Length; position++)
        {
            values[position] = Math.Exp((logits[position] - maximum) / temperature);
        }

        var sum = values.Sum();
        return [.. values.Select(value => value / sum)];
    }
}
