using Ensemble.Runs;

namespace Ensemble.Plots.Reports;

/// <summary>What came out, in a sentence or two.</summary>
internal static class Headline
{
    /// <summary>The page's title.</summary>
    public static string Title(ReportData data)
    {
        var students = data.Runs.Select(run => run.Student).Distinct().ToArray();
        var what = students.Length == 1 ? students[0] : $"{students.Length} students";
        return ReportData.TeachersOf(data.First) is { } teachers && data.HasStudent ? $"{data.Dataset}: {what} distilled from {teachers}" : $"{data.Dataset}: {what} trained alone";
    }

    /// <summary>The sentences.</summary>
    public static string Describe(ReportData data)
    {
        var test = data.First.Results.Models[0].Count;
        var students = data.Groups.Where(group => group.Role == ModelRole.Student).ToArray();
        var ensemble = data.Groups.FirstOrDefault(group => group.Role == ModelRole.Ensemble);
        var teacher = data.Groups.FirstOrDefault(group => group.Role == ModelRole.Teacher);
        if (students.Length == 0 || ensemble is null || teacher is null) return string.Join(" ", data.Groups.Select(group => $"{group.Label}: {Percent(group)} of {test:N0} test images right."));
        var student = students.Length == 1 ? students[0] : Choose(students);
        var lead = students.Length == 1 ? Kept(student, "The student", teacher) : Lead(students, student, teacher);
        var alone = data.Groups.FirstOrDefault(group => group.Role == ModelRole.Baseline && group.Label == student.Label);
        var accuracies = new[] { $"the student {Percent(student)}", alone is null ? null : $"the same network trained alone {Percent(alone)}", $"the {ensemble.Label} networks {Percent(ensemble)}" };
        return $"{lead} Right on {test:N0} test images: {string.Join(", ", accuracies.OfType<string>())}.";
    }

    // The smallest that keeps half; where none does, the one that keeps most.
    private static ModelGroup Choose(ModelGroup[] students) =>
        students.Where(student => Share(student) >= 0.5).OrderBy(student => student.Models[0].Parameters).ThenByDescending(Share).FirstOrDefault() ?? students.MaxBy(student => Share(student) ?? double.NegativeInfinity)!;

    private static string Lead(ModelGroup[] students, ModelGroup student, ModelGroup teacher)
    {
        var name = student.Variant is null ? student.Label : $"{student.Label} ({student.Variant})";
        return Share(student) >= 0.5
            ? $"Of {students.Length} students {name} is the smallest that keeps at least half of the ensemble's gain. {Kept(student, "It", teacher)}"
            : $"None of {students.Length} students keeps half of the ensemble's gain; {name} keeps the most. {Kept(student, "It", teacher)}";
    }

    private static string Kept(ModelGroup student, string subject, ModelGroup teacher)
    {
        var shares = student.Models.Select(model => model.GainKept).OfType<double>().ToArray();
        var size = Size(student.Models[0].Parameters, teacher.Models[0].Parameters);
        var seeds = student.Models.Count > 1 ? $", over {student.Models.Count} seeds ({Math.Round(100 * shares.DefaultIfEmpty().Min())} to {Math.Round(100 * shares.DefaultIfEmpty().Max())}%)," : "";
        return (shares.Length == 0 ? (double?)null : shares.Average()) switch
        {
            null => $"The ensemble is no better than the student alone, so there is no gain to keep; it has {size}.",
            < 0 => $"{subject}, with {size}, is worse than the same network trained alone{seeds.TrimEnd(',')}: it keeps none of the ensemble's gain.",
            > 1 => $"{subject} keeps all of the ensemble's gain and passes it{seeds} with {size}.",
            { } kept => $"{subject} keeps {100 * kept:0}% of the ensemble's gain{seeds} with {size}.",
        };
    }

    private static string Size(long student, long teacher) => ((double)teacher / Math.Max(1, student)) switch
    {
        1 => "as many parameters as a teacher",
        >= 10 and var ratio => $"1/{ratio:0} of a teacher's parameters",
        > 1.05 and var ratio => $"1/{ratio:0.#} of a teacher's parameters",
        var ratio => $"{1 / ratio:0.00} times a teacher's parameters",
    };

    private static double? Share(ModelGroup student) => student.Models.Select(model => model.GainKept).OfType<double>().Cast<double?>().Average();

    private static string Percent(ModelGroup group) => $"{100 * group.Models.Average(model => model.Accuracy):0.00}%";
}
