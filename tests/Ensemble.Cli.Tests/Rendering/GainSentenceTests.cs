using Ensemble.Cli.Rendering;
using Ensemble.Measurement;
using Ensemble.Runs;

namespace Ensemble.Cli.Tests.Rendering;

public sealed class GainSentenceTests
{
    [Theory]
    [InlineData(0.88, 0.9, 10, "the student keeps 80% of the ensemble's gain with 1/14 of a teacher's parameters (accuracy: baseline 80.00%, student 88.00%, ensemble 90.00%)")]
    [InlineData(0.80, 0.9, 10, "the student keeps 0% of the ensemble's gain with 1/14 of a teacher's parameters (accuracy: baseline 80.00%, student 80.00%, ensemble 90.00%)")]
    [InlineData(0.90, 0.9, 70, "the student keeps 100% of the ensemble's gain with 1/2 of a teacher's parameters (accuracy: baseline 80.00%, student 90.00%, ensemble 90.00%)")]
    [InlineData(0.95, 0.9, 140, "the student keeps all of the ensemble's gain, and passes it, with as many parameters as a teacher (accuracy: baseline 80.00%, student 95.00%, ensemble 90.00%)")]
    [InlineData(0.75, 0.9, 280, "the student, with 2.00 times a teacher's parameters, is worse than the same network trained alone: it keeps none of the ensemble's gain (accuracy: baseline 80.00%, student 75.00%, ensemble 90.00%)")]
    [InlineData(0.85, 0.8, 40, "the ensemble is no better than the baseline, so there is no gain for the student to keep; it has 1/3.5 of a teacher's parameters (accuracy: baseline 80.00%, student 85.00%, ensemble 80.00%)")]
    public void Describe_Gain_SaysWhatBecameOfIt(double student, double ensemble, long studentParameters, string expected)
    {
        ResultRecord[] models =
        [
            Record(ModelRole.Teacher, 0.85, 140, null),
            Record(ModelRole.Ensemble, ensemble, 280, null),
            Record(ModelRole.Baseline, 0.8, studentParameters, null),
            Record(ModelRole.Student, student, studentParameters, GainKept.Measure(student, 0.8, ensemble)),
        ];

        Assert.Equal(expected, GainSentence.Describe(models));
        var note = ensemble > 0.8 ? "; so small a gain over 100 test images may be chance" : "";
        Assert.Equal(expected + note, GainSentence.Describe([.. models.Select(model => model with { Count = 100 })]));
    }

    private static ResultRecord Record(ModelRole role, double accuracy, long parameters, double? gainKept) => new()
    {
        Name = role.ToString(),
        Role = role,
        Architecture = "mlp-8",
        Parameters = parameters,
        MultiplyAdds = 0,
        Bytes = 0,
        Accuracy = accuracy,
        AccuracyLow = accuracy,
        AccuracyHigh = accuracy,
        Errors = 0,
        Count = 10_000,
        Nll = 0,
        Ece = 0,
        PerClassAccuracy = [],
        Agreement = 1,
        KlToEnsemble = 0,
        GainKept = gainKept,
        TrainSeconds = 0,
        Latency = null,
    };
}
