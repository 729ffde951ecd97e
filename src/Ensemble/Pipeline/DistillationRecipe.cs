using System.Text.Json.Serialization;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Teachers;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>
/// Everything that determines a run: an ensemble of teachers distilled into one student, or without teachers one network
/// trained alone. Serialised whole into run.json.
/// </summary>
public sealed record DistillationRecipe
{
    /// <summary>The data set's name, as registered or catalogued, or the path of a folder or file.</summary>
    public required string Dataset { get; init; }

    /// <summary>Where its files are; null for data sets that need none, that were downloaded, or that are named by their
    /// path.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>How data of a person's own are read, where a look at them cannot tell.</summary>
    public ReadingOptions Reading { get; init; } = new();

    /// <summary>
    /// The number of images that are carved off the training images, by <see cref="DataSeed"/> and with each class in proportion,
    /// to make choices on; none is trained on. Default 0; at least 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ValidationCount { get; init; }

    /// <summary>The teachers' architecture, as registered; null where none are trained.</summary>
    public required string? Teacher { get; init; }

    /// <summary>The number of teachers that are trained. Default 3; 0 (the student's network is trained alone) to 1,000.</summary>
    public int TeacherCount { get; init; } = 3;

    /// <summary>The student's architecture, as registered; the baseline has the same.</summary>
    public required string Student { get; init; }

    /// <summary>
    /// How each teacher is trained; its seed is ignored in favour of one derived from <see cref="Seed"/>. Null where none are.
    /// </summary>
    public required TrainingOptions? TeacherTraining { get; init; }

    /// <summary>How the student and its baseline are trained; the seed likewise.</summary>
    public required TrainingOptions StudentTraining { get; init; }

    /// <summary>
    /// How the baseline is trained where that is not as the student: with a new view of each image every epoch, say, which costs
    /// only a student with stored soft targets something. Null, the default, for <see cref="StudentTraining"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrainingOptions? BaselineTraining { get; init; }

    /// <summary>The student's objective, as registered. Default <c>kd</c>.</summary>
    public string Objective { get; init; } = "kd";

    /// <summary>Temperature, weight of the hard labels, averaging.</summary>
    public ObjectiveOptions ObjectiveOptions { get; init; } = new();

    /// <summary>What every seed of the run is derived from. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// What the student's views are drawn from where they are counted; null, the default, for a seed derived from
    /// <see cref="Seed"/>. Runs of several seeds with the same one share their soft targets.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? ViewSeed { get; init; }

    /// <summary>
    /// What validation images are chosen by, and a drawn data set is drawn from; null, the default, for <see cref="Seed"/>. Runs
    /// of several seeds with the same one are of the same images.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? DataSeed { get; init; }

    /// <summary>
    /// The folder of the sweep that the run is a part of, relative to the run's: it holds the soft targets and the teachers'
    /// answers on the test images, and relative paths of <see cref="BroughtTeachers"/> begin there. Null, the default, for a run
    /// of its own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SharedFolder { get; init; }

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>. Default auto.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Teachers that are not trained here; they follow those that are. Default none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BroughtTeacher>? BroughtTeachers { get; init; }

    /// <summary>Whether there is an ensemble to learn from.</summary>
    [JsonIgnore]
    public bool HasTeachers => TeacherCount > 0 || BroughtTeachers is { Count: > 0 };

    /// <summary>What is asked of the data set.</summary>
    public DatasetRequest ToDatasetRequest() =>
        new() { Directory = DataDirectory, Seed = DataSeed ?? Seed, Reading = Reading, ValidationCount = ValidationCount };

    /// <summary>The same with the data elsewhere.</summary>
    /// <param name="path">The path of data that a path named, or the folder of those that a name did; null for where they were.</param>
    /// <param name="datasets">Tells names from paths.</param>
    public DistillationRecipe WithDataAt(string? path, DatasetRegistry datasets)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        var (dataset, directory) = DataLocation.Move(Dataset, DataDirectory, path, datasets);
        return this with { Dataset = dataset, DataDirectory = directory };
    }

    /// <summary>Checks every property and those of the parts.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all of a part that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (TeacherCount is < 0 or > 1000)
        {
            faults.Add($"{nameof(TeacherCount)} must be 0 to 1000, is {TeacherCount}");
        }

        if (ValidationCount < 0)
        {
            faults.Add($"{nameof(ValidationCount)} must be at least 0, is {ValidationCount}");
        }

        if (TeacherCount > 0 && (Teacher is null || TeacherTraining is null))
        {
            faults.Add($"{nameof(Teacher)} and {nameof(TeacherTraining)} must be there where {nameof(TeacherCount)} is above 0");
        }

        if (SharedFolder is not null && TeacherCount > 0)
        {
            faults.Add($"{nameof(TeacherCount)} must be 0 in a run of a sweep, which trains the teachers, is {TeacherCount}");
        }

        faults.AddRange((BroughtTeachers ?? []).SelectMany(teacher => teacher.FindFaults()));
        if (ValidationCount > 0 && BroughtTeachers?.Any(teacher => teacher.IsAnswers) == true)
        {
            faults.Add($"{nameof(ValidationCount)} must be 0 with teachers that can only be asked, whose answers are about all training images, is {ValidationCount}");
        }

        if (ObjectiveOptions.Averaging == Averaging.Fitted && (ValidationCount == 0 || BroughtTeachers?.Any(teacher => teacher.IsAnswers) == true))
        {
            faults.Add($"{nameof(ObjectiveOptions.Averaging)} must not be {Averaging.Fitted} without validation images, or with teachers that can only be asked, is {Averaging.Fitted}");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(DistillationRecipe)}: {string.Join("; ", faults)}");
        }

        Reading.Validate();
        TeacherTraining?.Validate();
        StudentTraining.Validate();
        BaselineTraining?.Validate();
        ObjectiveOptions.Validate();
    }
}
