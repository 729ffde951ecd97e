using Ensemble.Runs;

namespace Ensemble.Cli.Rendering;

/// <summary>What was gained, in one sentence.</summary>
internal static class GainSentence
{
    /// <summary>Says what share of the ensemble's gain over the baseline the student keeps, and at what size.</summary>
    /// <param name="models">The records of a run: teachers, ensemble, baseline, student.</param>
    public static string Describe(IReadOnlyList<ResultRecord> models)
    {
        var teacher = models.First(model => model.Role == ModelRole.Teacher);
        var ensemble = models.First(model => model.Role == ModelRole.Ensemble);
        var baseline = models.First(model => model.Role == ModelRole.Baseline);
        var student = models.First(model => model.Role == ModelRole.Student);
        var size = Size(student.Parameters, teacher.Parameters);
        var accuracies = $"(accuracy: baseline {Percent(baseline)}, student {Percent(student)}, ensemble {Percent(ensemble)})";
        return Describe(student, size, accuracies) + (student.GainKept is not null && IsWithinNoise(baseline, ensemble) ? $"; so small a gain over {baseline.Count:N0} test images may be chance" : "");
    }

    // Two standard deviations of the difference of two shares of as many images.
    private static bool IsWithinNoise(ResultRecord baseline, ResultRecord ensemble) =>
        Math.Abs(ensemble.Accuracy - baseline.Accuracy) < 2 * Math.Sqrt(2 * baseline.Accuracy * (1 - baseline.Accuracy) / baseline.Count);

    private static string Describe(ResultRecord student, string size, string accuracies) =>
        student.GainKept switch
        {
            null => $"the ensemble is no better than the baseline, so there is no gain for the student to keep; it has {size} {accuracies}",
            < 0 => $"the student, with {size}, is worse than the same network trained alone: it keeps none of the ensemble's gain {accuracies}",
            > 1 => $"the student keeps all of the ensemble's gain, and passes it, with {size} {accuracies}",
            { } kept => $"the student keeps {100 * kept:0}% of the ensemble's gain with {size} {accuracies}",
        };

    private static string Percent(ResultRecord model) => $"{100 * model.Accuracy:0.00}%";

    private static string Size(long student, long teacher)
    {
        var ratio = (double)teacher / student;
        return ratio switch
        {
            1 => "as many parameters as a teacher",
            >= 10 => $"1/{ratio:0} of a teacher's parameters",
            > 1.05 => $"1/{ratio:0.#} of a teacher's parameters",
            _ => $"{1 / ratio:0.00} times a teacher's parameters",
        };
    }
}
