using System.Globalization;

namespace Ensemble.Pipeline;

/// <summary>The stages of a run by the names that commands and schedulers know, which are also their folders.</summary>
public static class StageKey
{
    /// <summary>The teachers' answers on every view that is counted.</summary>
    public const string SoftTargets = "soft-targets";

    /// <summary>The student's network without teachers.</summary>
    public const string Baseline = "baseline";

    /// <summary>The student.</summary>
    public const string Student = "student";

    /// <summary>Every model on the test images.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>The student as files for use elsewhere.</summary>
    public const string Export = "export";

    /// <summary>Of a sweep: the teachers and their ensemble on the test images, once for all of its runs.</summary>
    public const string Ensemble = "ensemble";

    /// <summary>Of a sweep: its table, from the results of its runs.</summary>
    public const string Table = "table";

    private const string TeacherPrefix = "teachers/";

    /// <summary>The stages that can be done in parts, by samples.</summary>
    public static IReadOnlyList<string> WithShards { get; } = [SoftTargets, Evaluation, Ensemble];

    /// <summary>One teacher.</summary>
    /// <param name="index">From 0.</param>
    public static string Teacher(int index) => string.Create(CultureInfo.InvariantCulture, $"{TeacherPrefix}{index}");

    /// <summary>The stages of a recipe, in an order in which each has what it needs.</summary>
    /// <param name="recipe">The recipe, valid.</param>
    /// <param name="needsSoftTargets">Whether the objective learns from stored answers; those of a run in a sweep are the sweep's stage.</param>
    /// <param name="exports">Whether the student is exported, where there is one.</param>
    public static IReadOnlyList<string> Of(DistillationRecipe recipe, bool needsSoftTargets, bool exports) =>
    [
        .. Enumerable.Range(0, recipe.TeacherCount).Select(Teacher),
        .. needsSoftTargets && recipe.SharedFolder is null ? new[] { SoftTargets } : [],
        Baseline,
        .. recipe.HasTeachers ? new[] { Student } : [],
        Evaluation,
        .. exports && recipe.HasTeachers ? new[] { Export } : [],
    ];

    /// <summary>Whether a stage can be done in parts.</summary>
    /// <param name="key">The stage.</param>
    public static bool HasShards(string key) => WithShards.Contains(key);

    /// <summary>Whether the answers of the recipe's teachers are stored: they have networks, and the student's views are counted.</summary>
    internal static bool StoresAnswers(DistillationRecipe recipe) =>
        recipe.StudentTraining.Views.Count > 0 && (recipe.TeacherCount > 0 || recipe.BroughtTeachers?.Any(teacher => !teacher.IsAnswers) == true);

    /// <summary>The number of the teacher that a key names.</summary>
    /// <returns>From 0; null where it names something else.</returns>
    internal static int? TeacherIndex(string key) =>
        key.StartsWith(TeacherPrefix, StringComparison.Ordinal)
        && int.TryParse(key.AsSpan(TeacherPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
}
