using System.Globalization;
using Ensemble.Data;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Training;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>The runs that a sweep is made of.</summary>
public static class SweepCells
{
    // From runs/NAME to the sweep's folder.
    private const string Shared = "../..";

    /// <summary>The runs, seed by seed, so that a sweep that is stopped midway has whole sets.</summary>
    /// <param name="recipe">The sweep, valid.</param>
    public static IReadOnlyList<SweepCell> Of(SweepRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var cells = new List<SweepCell>();
        foreach (var seed in recipe.Seeds)
        {
            foreach (var student in recipe.Students)
            {
                cells.AddRange(
                    from objective in recipe.Objectives
                    from temperature in recipe.Temperatures
                    from hardWeight in recipe.HardWeights
                    let cell = Recipe(recipe, student, objective, temperature, hardWeight, seed)
                    select new SweepCell(Name(recipe, cell), cell));
            }
        }

        return Unique(cells);
    }

    /// <summary>The recipe by which the sweep's teachers are trained.</summary>
    internal static DistillationRecipe TeacherRecipe(SweepRecipe recipe) => Recipe(recipe, recipe.Students[0], recipe.Objectives[0], recipe.Temperatures[0], recipe.HardWeights[0], recipe.Seed) with
    {
        Teacher = recipe.Teacher,
        TeacherCount = recipe.TeacherCount,
        TeacherTraining = recipe.TeacherTraining,
        BroughtTeachers = recipe.BroughtTeachers,
        SharedFolder = null,
    };

    /// <summary>
    /// Whether a run that was made elsewhere is one of the sweep's, but for where its teachers and data lie: a stage of it that is
    /// done is then held by its own hash.
    /// </summary>
    internal static bool IsSameElsewhere(DistillationRecipe cell, DistillationRecipe other) => Essence(cell) == Essence(other);

    private static string Essence(DistillationRecipe recipe) => CanonicalJson.Hash(RunManifest.ToRecipeElement(recipe with
    {
        Dataset = "",
        DataDirectory = null,
        DataSeed = null,
        Device = "",
        Teacher = null,
        TeacherCount = 0,
        TeacherTraining = null,
        BroughtTeachers = null,
        SharedFolder = null,
        ViewSeed = null,
        StudentTraining = Unseeded(recipe.StudentTraining),
        BaselineTraining = Unseeded(recipe.BaselineTraining ?? recipe.StudentTraining),
    }));

    private static TrainingOptions Unseeded(TrainingOptions training) => training with { Seed = 0, Views = training.Views with { Seed = 0 } };

    private static DistillationRecipe Recipe(SweepRecipe sweep, SweepStudent student, string objective, double temperature, double hardWeight, ulong seed) => new()
    {
        Dataset = sweep.Dataset,
        DataDirectory = sweep.DataDirectory,
        Reading = sweep.Reading,
        ValidationCount = sweep.ValidationCount,
        DataSeed = sweep.Seed,
        Teacher = null,
        TeacherCount = 0,
        TeacherTraining = null,
        BroughtTeachers =
        [
            .. Enumerable.Range(0, sweep.TeacherCount).Select(index => new BroughtTeacher { Path = StageKey.Teacher(index) }),
            .. sweep.BroughtTeachers ?? [],
        ],
        SharedFolder = Shared,
        Student = student.Architecture,
        StudentTraining = student.Training,
        BaselineTraining = student.BaselineTraining,
        Objective = objective,
        ObjectiveOptions = sweep.ObjectiveOptions with { Temperature = temperature, HardWeight = hardWeight },
        Seed = seed,
        // As a run of this seed derives it.
        ViewSeed = sweep.ViewSeed ?? new RandomStream(sweep.Seed, "pipeline/views").NextUInt32(),
        Device = sweep.Device,
    };

    private static string Name(SweepRecipe sweep, DistillationRecipe cell)
    {
        var options = cell.ObjectiveOptions;
        string[] parts =
        [
            Safe(cell.Student),
            .. sweep.Temperatures.Count > 1 ? new[] { string.Create(CultureInfo.InvariantCulture, $"T{options.Temperature:R}") } : [],
            .. sweep.HardWeights.Count > 1 ? new[] { string.Create(CultureInfo.InvariantCulture, $"hard{options.HardWeight:R}") } : [],
            .. sweep.Objectives.Count > 1 ? new[] { Safe(cell.Objective) } : [],
            string.Create(CultureInfo.InvariantCulture, $"s{cell.Seed}"),
        ];
        return string.Join('-', parts);
    }

    private static string Safe(string name) =>
        string.Concat(name.Select((letter, place) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' || (letter == '.' && place > 0) ? letter : '_'));

    // Names that became the same are told apart by a number, whatever the file system thinks of capitals.
    private static List<SweepCell> Unique(List<SweepCell> cells)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. cells.Select(cell =>
        {
            var name = cell.Name;
            for (var number = 2; !taken.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{cell.Name}-{number}");
            }

            return cell with { Name = name };
        })];
    }
}
