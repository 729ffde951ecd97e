using Ensemble.Distillation;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>The stages of a sweep and of its runs, by key.</summary>
internal static class SweepKeys
{
    /// <summary>The stages of what the runs share: the teachers, their answers to train on, their answers on the test images.</summary>
    public static IReadOnlyList<string> Shared(SweepRecipe recipe, ObjectiveRegistry objectives)
    {
        var first = SweepCells.TeacherRecipe(recipe);
        var areAsked = recipe.Objectives.Any(objective => objectives.Create(objective, recipe.ObjectiveOptions).NeedsTeachers);
        var haveNetworks = recipe.TeacherCount > 0 || recipe.BroughtTeachers!.Any(teacher => !teacher.IsAnswers);
        return
        [
            .. Enumerable.Range(0, recipe.TeacherCount).Select(StageKey.Teacher),
            .. areAsked && StageKey.StoresAnswers(first) ? new[] { StageKey.SoftTargets } : [],
            .. haveNetworks ? new[] { StageKey.Ensemble } : [],
        ];
    }

    /// <summary>The stages of a run.</summary>
    /// <param name="cell">The run.</param>
    /// <param name="exports">Whether its student is exported.</param>
    public static IReadOnlyList<string> Cell(SweepCell cell, bool exports) => StageKey.Of(cell.Recipe, needsSoftTargets: false, exports);
}
