using System.Text.Json.Serialization;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Training;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>
/// Everything that determines a sweep: one set of teachers, and a student for each combination of architecture, objective,
/// temperature, weight of the labels and seed. Serialised whole into sweep.json.
/// </summary>
public sealed record SweepRecipe
{
    /// <summary>The data set's name, as registered or catalogued, or the path of a folder or file.</summary>
    public required string Dataset { get; init; }

    /// <summary>Where its files are; null as in <see cref="DistillationRecipe.DataDirectory"/>.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>How data of a person's own are read, where a look at them cannot tell.</summary>
    public ReadingOptions Reading { get; init; } = new();

    /// <summary>Images that are carved off the training images, by <see cref="Seed"/>. Default 0; at least 0.</summary>
    public int ValidationCount { get; init; }

    /// <summary>The teachers' architecture, as registered; null where none are trained.</summary>
    public required string? Teacher { get; init; }

    /// <summary>The number of teachers that are trained. Default 3; 0 to 1,000.</summary>
    public int TeacherCount { get; init; } = 3;

    /// <summary>How each teacher is trained; null where none are.</summary>
    public required TrainingOptions? TeacherTraining { get; init; }

    /// <summary>Teachers that are not trained here; they follow those that are. Default none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BroughtTeacher>? BroughtTeachers { get; init; }

    /// <summary>The students; at least one, each architecture once. Their images vary alike where their views are counted.</summary>
    public required IReadOnlyList<SweepStudent> Students { get; init; }

    /// <summary>The objectives, as registered; at least one, each once. Default <c>kd</c>.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = ["kd"];

    /// <summary>The temperatures; at least one, each once. Default 4.</summary>
    public IReadOnlyList<double> Temperatures { get; init; } = [new ObjectiveOptions().Temperature];

    /// <summary>The weights of the labels; at least one, each once. Default 0.1.</summary>
    public IReadOnlyList<double> HardWeights { get; init; } = [new ObjectiveOptions().HardWeight];

    /// <summary>Averaging and what else objectives read; temperature and weight of the labels are those above.</summary>
    public ObjectiveOptions ObjectiveOptions { get; init; } = new();

    /// <summary>What every student's and baseline's own seeds are derived from; at least one, each once. Default 1.</summary>
    public IReadOnlyList<ulong> Seeds { get; init; } = [1];

    /// <summary>What is derived from for all: the teachers, the data where they are drawn or split. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What counted views are drawn from; null, the default, for a seed derived from <see cref="Seed"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? ViewSeed { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>. Default auto.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>The same with the data elsewhere.</summary>
    /// <param name="path">The path of data that a path named, or the folder of those that a name did; null for where they were.</param>
    /// <param name="datasets">Tells names from paths.</param>
    public SweepRecipe WithDataAt(string? path, DatasetRegistry datasets)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        var (dataset, directory) = DataLocation.Move(Dataset, DataDirectory, path, datasets);
        return this with { Dataset = dataset, DataDirectory = directory };
    }

    /// <summary>Checks every property, and the recipe of every run.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all of a part that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        RequireEachOnce(faults, nameof(Students), Students.Select(student => student.Architecture.ToUpperInvariant()));
        RequireEachOnce(faults, nameof(Objectives), Objectives);
        RequireEachOnce(faults, nameof(Temperatures), Temperatures);
        RequireEachOnce(faults, nameof(HardWeights), HardWeights);
        RequireEachOnce(faults, nameof(Seeds), Seeds);
        if (TeacherCount == 0 && BroughtTeachers is not { Count: > 0 })
        {
            faults.Add($"{nameof(TeacherCount)} must be at least 1 where no teachers are brought along, is 0");
        }

        // One store of answers is of one set of views.
        if (Students.Select(student => (student.Training.Views.Count, student.Training.Augmentation, student.Training.Precision)).Distinct().Count() > 1
            && Students.Any(student => student.Training.Views.Count > 0))
        {
            faults.Add($"{nameof(Students)} must have the same views, augmentation and precision, for they share one store of the teachers' answers");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(SweepRecipe)}: {string.Join("; ", faults)}");
        }

        SweepCells.TeacherRecipe(this).Validate();
        foreach (var cell in SweepCells.Of(this with { Seeds = [Seeds[0]] }))
        {
            cell.Recipe.Validate();
        }
    }

    private static void RequireEachOnce<T>(List<string> faults, string name, IEnumerable<T> values)
    {
        var all = values.ToArray();
        if (all.Length == 0 || all.Distinct().Count() != all.Length)
        {
            faults.Add($"{name} must be at least one, each once, is {(all.Length == 0 ? "none" : string.Join(", ", all))}");
        }
    }
}
