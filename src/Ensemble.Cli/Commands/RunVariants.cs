using System.Globalization;
using Ensemble.Pipeline;
using Ensemble.Plots;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Training;

namespace Ensemble.Cli.Commands;

/// <summary>Names what sets recipes of the same student apart, so that only runs of one recipe count as its seeds.</summary>
internal static class RunVariants
{
    /// <summary>The runs with their variants; none where no student was made by two recipes.</summary>
    /// <param name="runs">Runs with results.</param>
    public static IReadOnlyList<PlottedRun> Name(IReadOnlyList<RunStatus> runs)
    {
        var teachers = Teachers(runs);
        var recipes = runs.Select((run, index) => (run.Recipe.Student, Hash: HashWithoutSeed(run.Recipe) + teachers[index])).ToArray();
        var isMixed = recipes.Distinct().GroupBy(recipe => recipe.Student).Any(recipesOfOne => recipesOfOne.Count() > 1);
        var words = Describe([.. runs.Select(run => run.Recipe)]);
        return [.. runs.Select((run, index) => new PlottedRun { Results = run.Results!, Variant = isMixed ? Variant(index) : null })];

        // Where words do not tell two recipes of a student apart, numbers do.
        string Variant(int index)
        {
            var alike = recipes.Where((recipe, other) => recipe.Student == recipes[index].Student && words[other] == words[index]).Distinct().ToList();
            return alike.Count == 1 ? words[index] : $"{words[index]} recipe {alike.IndexOf(recipes[index]) + 1}".TrimStart();
        }
    }

    /// <summary>Of what readers ask for first, that in which the recipes differ.</summary>
    private static string[] Describe(DistillationRecipe[] recipes)
    {
        string[][] parts = [.. recipes.Select(recipe => new[]
        {
            recipe.Objective,
            string.Create(CultureInfo.InvariantCulture, $"T = {recipe.ObjectiveOptions.Temperature:0.###}"),
            string.Create(CultureInfo.InvariantCulture, $"hard {recipe.ObjectiveOptions.HardWeight:0.###}"),
            DescribeTeachers(recipe) ?? "",
        })];
        var differing = Enumerable.Range(0, parts[0].Length).Where(part => parts.Select(of => of[part]).Distinct().Count() > 1).ToArray();
        return [.. parts.Select(of => string.Join(", ", differing.Select(part => of[part])))];
    }

    /// <summary>Who teaches, in words; null where nobody does.</summary>
    public static string? DescribeTeachers(DistillationRecipe recipe)
    {
        string[] parts =
        [
            .. recipe.TeacherCount > 0 ? new[] { $"{recipe.TeacherCount} × {recipe.Teacher}" } : [],
            .. recipe.BroughtTeachers is { Count: > 0 } brought ? new[] { $"{brought.Count} brought" } : [],
        ];
        return parts.Length == 0 ? null : string.Join(" + ", parts);
    }

    // Teachers that one run trained and others brought along are the same ones: by their weights, then by how they came about.
    private static string[] Teachers(IReadOnlyList<RunStatus> runs)
    {
        var origins = runs.Select(run => CanonicalJson.Hash(RunManifest.ToRecipeElement(new
        {
            run.Recipe.Teacher,
            run.Recipe.TeacherCount,
            Training = run.Recipe.TeacherTraining is { } training ? WithoutSeed(training) : null,
            run.Recipe.BroughtTeachers,
        }))).ToArray();
        var weights = runs.Select(run => run.Results!.Models.Where(model => model.Role == ModelRole.Teacher).Select(model => model.WeightsSha256).ToArray())
            .Select(hashes => hashes.Length == 0 || hashes.Contains(null) ? null : string.Join(' ', hashes)).ToArray();
        return [.. runs.Select((_, index) => weights[index] is { } own ? origins.Where((_, other) => weights[other] == own).Min(StringComparer.Ordinal)! : origins[index])];
    }

    // The seed stands in a recipe several times: its own, the trainings', their views'. Where the data lies says nothing of what it is.
    private static string HashWithoutSeed(DistillationRecipe recipe) => CanonicalJson.Hash(RunManifest.ToRecipeElement(recipe with
    {
        Seed = 0,
        DataDirectory = null,
        StudentTraining = WithoutSeed(recipe.StudentTraining),
        BaselineTraining = recipe.BaselineTraining is { } baseline ? WithoutSeed(baseline) : null,
        Teacher = null,
        TeacherCount = 0,
        TeacherTraining = null,
        BroughtTeachers = null,
    }));

    private static TrainingOptions WithoutSeed(TrainingOptions training) => training with { Seed = 0, Views = training.Views with { Seed = 0 } };
}
