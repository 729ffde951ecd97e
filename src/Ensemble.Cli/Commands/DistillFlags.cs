using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Pipeline;
using Ensemble.Teachers;
using Ensemble.Teachers.External;
using Ensemble.Training;

namespace Ensemble.Cli.Commands;

/// <summary>The flags of <c>distill</c>, their defaults and ranges taken from the records that they fill.</summary>
/// <param name="context">Knows the names.</param>
/// <param name="commandName">The command, for the folder's name.</param>
internal sealed class DistillFlags(CommandContext context, string commandName = "distill")
{
    private static readonly DistillationRecipe Defaults = RunFlags.Defaults;
    public Option<string?> Recipe { get; } = Flag.Text("--recipe", "FILE", "The run.json of a run, or the recipe in it: does that run again; but for --data-dir and --device, nothing of a recipe is typed then");

    public Option<string?> Data { get; } = Flag.Text("--data", DataFlags.NameOrPath, "The data set: a name (see data list), or the path of a folder of images, an .npz or a packed file");

    public Option<string?> DataDirectory { get; } = DataFlags.Directory();

    public Option<int?> ImageSize { get; } = DataFlags.ImageSize();

    public Option<string?> Broken { get; } = DataFlags.Broken();

    public Option<double?> TestShare { get; } = DataFlags.TestShare();

    public Option<string?> Teacher { get; } = Flag.Text("--teacher", "NAME", "The teachers' architecture; see the command models");

    public Option<int> Teachers { get; } = Flag.Number(
        "--teachers", "K", "How many teachers are trained; none where some are brought along and nothing is typed here", new NumberRule<int>(count => (Defaults with { TeacherCount = count }).Validate()), Defaults.TeacherCount);

    public Option<string[]> TeachersFrom { get; } = new("--teachers-from")
    {
        Description = "Teachers that are not trained here, repeatable: a run's folder (all of its teachers), a model's folder, a .safetensors (of the architecture --teacher), or a .csv or .npz of answers",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<bool> OfOtherImages { get; } = new("--teachers-of-other-images")
    {
        Description = "Take brought models that were trained on other images too; their accuracy on images that this run holds out may mean nothing",
    };

    public Option<string?> WeightsMean { get; } = Flag.Text(
        "--weights-mean", "M,M,M", "The mean of each channel that a brought .safetensors was trained with, on the scale where a byte 255 is 1 [default: the data set's]");

    public Option<string?> WeightsStd { get; } = Flag.Text("--weights-std", "S,S,S", "The deviation likewise");

    public Option<double> HardConfidence { get; } = Flag.Number(
        "--hard-confidence", "P", "The probability of the class that a brought teacher answers with nothing but a class", new NumberRule<double>(confidence => new AnswerOptions { HardConfidence = confidence }.Validate(2)),
        new AnswerOptions().HardConfidence);

    public Option<string?> Student { get; } = Flag.Text("--student", "NAME", "The student's architecture; the baseline is the same without teachers");

    public Option<int> Validation { get; } = DataFlags.Validation();

    public Option<double> Temperature { get; } = Flag.Number(
        "--temperature", "T", "The temperature that softens the ensemble's answers",
        new NumberRule<double>(temperature => new ObjectiveOptions { Temperature = temperature }.Validate()), Defaults.ObjectiveOptions.Temperature);

    public Option<double> HardWeight { get; } = Flag.Number(
        "--hard-weight", "W", "The weight of the labels in the student's loss; the ensemble's answers have the rest",
        new NumberRule<double>(weight => new ObjectiveOptions { HardWeight = weight }.Validate()), Defaults.ObjectiveOptions.HardWeight);

    public Option<string> Averaging { get; } = Flag.Choice("--averaging", "How the teachers' answers become one", Defaults.ObjectiveOptions.Averaging);

    public Option<string?> Objective { get; } = Flag.Text(
        "--objective", "NAME", $"What the student minimises: {string.Join("; ", context.Objectives.Methods.Select(method => $"{method.Key}, {method.Value}"))}", Defaults.Objective);

    public ObjectiveFlags ObjectiveFlags { get; } = new();

    public TrainingFlags Training { get; } = new();

    public TrainingFlags TeacherTraining { get; } = new("teacher-");

    public TrainingFlags StudentTraining { get; } = new("student-");

    public Option<int?> BaselineViews { get; } = Flag.OptionalNumber(
        "--baseline-views", "K", "The views of each image that the baseline sees; 0 for a new one each epoch [default: as many as the student]",
        new NumberRule<int>(value => new ViewOptions { Count = value }.Validate()));

    public Option<bool> Begin { get; } = new("--begin") { Description = "Only make the run's folder, and name the stages that run stage can do" };

    public EngineFlags Engine { get; } = new();

    public StudentExportFlags Export { get; } = new("What the student leaves as at the run's end, as by the command export with its defaults [default: nothing]");

    public RunFlags Run { get; } = new(commandName);

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [.. OfRecipe, Recipe, Run.Device, Run.HourlyRate, Run.CheckpointSeconds, Begin, .. Export.All, .. Engine.All, Run.Out];

    /// <summary>The recipe that was typed, or that the file which was named holds.</summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <exception cref="UsageException">Something is missing, or was typed beside a recipe's file.</exception>
    /// <exception cref="DataFaultException">The file holds no recipe.</exception>
    public DistillationRecipe ToRecipe(ParseResult parsed)
    {
        if (parsed.GetValue(Recipe) is not { } path)
        {
            return Typed(parsed);
        }

        var beside = OfRecipe.Where(option => option != DataDirectory && Flag.IsTyped(parsed, option)).Select(option => option.Name).ToArray();
        if (beside.Length > 0)
        {
            throw new UsageException($"--recipe: says all of a recipe; leave out {string.Join(", ", beside)}");
        }

        // Where the data lie and where to compute are the machine's matter.
        var recipe = RecipeFile.Read(path);
        return recipe.WithDataAt(parsed.GetValue(DataDirectory), context.Datasets) with
        {
            Device = Flag.IsTyped(parsed, Run.Device) ? parsed.GetRequiredValue(Run.Device)! : recipe.Device,
        };
    }

    private IReadOnlyList<Option> OfRecipe =>
    [
        Data, DataDirectory, ImageSize, Broken, TestShare, Validation, Teacher, Teachers, TeachersFrom, OfOtherImages, WeightsMean, WeightsStd, HardConfidence, Student, .. Training.All, .. TeacherTraining.All, .. StudentTraining.All, BaselineViews,
        Temperature, HardWeight, Averaging, Objective, .. ObjectiveFlags.All, Run.Seed,
    ];

    private DistillationRecipe Typed(ParseResult parsed)
    {
        var brought = BroughtFlags.Read(parsed, this);
        var count = brought.Count > 0 && !Flag.IsTyped(parsed, Teachers) ? 0 : parsed.GetValue(Teachers);
        var needed = count > 0 ? new[] { Data, Teacher, Student } : [Data, Student];
        var missing = needed.Where(option => parsed.GetValue(option) is null).Select(option => option.Name).ToArray();
        if (missing.Length > 0)
        {
            throw new UsageException($"{string.Join(", ", missing)}: must be typed, or a --recipe (see {CommandContext.Launcher} distill --help)");
        }

        if (count == 0 && brought.Count == 0)
        {
            throw new UsageException($"--teachers: must be at least 1 where no teachers are brought along (see {CommandContext.Launcher} train --help for a network alone)");
        }

        var (data, student) = (parsed.GetValue(Data)!, parsed.GetValue(Student)!);
        var teacher = count > 0 ? parsed.GetValue(Teacher) : null;
        DataFlags.RequireUse(parsed, DataDirectory, data, context.Datasets);
        RequireValidation(parsed, brought);
        var name = context.Datasets.NameOf(data);
        var training = TrainingFlags.ToOptions(parsed, student, RecipeDefaults.StudentAugmentation(name), Training, StudentTraining);
        return Defaults with
        {
            // Whole, so that the run can be continued from another folder.
            Dataset = context.Datasets.IsPath(data) ? Path.GetFullPath(data) : name,
            Reading = DataFlags.ToReading(parsed, ImageSize, Broken, TestShare),
            DataDirectory = parsed.GetValue(DataDirectory),
            ValidationCount = parsed.GetValue(Validation),
            Teacher = teacher,
            TeacherCount = count,
            BroughtTeachers = brought.Count > 0 ? brought : null,
            Student = student,
            TeacherTraining = teacher is null ? null : TrainingFlags.ToOptions(parsed, teacher, RecipeDefaults.TeacherAugmentation(name), Training, TeacherTraining),
            StudentTraining = training,
            BaselineTraining = ToBaseline(parsed, training),
            Objective = parsed.GetRequiredValue(Objective)!,
            ObjectiveOptions = ObjectiveFlags.Apply(parsed, new ObjectiveOptions
            {
                Temperature = parsed.GetValue(Temperature),
                HardWeight = parsed.GetValue(HardWeight),
                Averaging = Flag.Read<Averaging>(parsed, Averaging),
            }),
            Seed = parsed.GetValue(Run.Seed),
            Device = parsed.GetRequiredValue(Run.Device)!,
        };
    }

    /// <summary>Refuses flags about validation images that go with no others that were typed.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="brought">The teachers that are brought along.</param>
    /// <exception cref="UsageException">Images to fit on are missing, or some have no answers.</exception>
    public void RequireValidation(ParseResult parsed, IReadOnlyList<BroughtTeacher> brought)
    {
        var (count, isAnswers) = (parsed.GetValue(Validation), brought.Any(teacher => teacher.IsAnswers));
        if (count > 0 && isAnswers)
        {
            throw new UsageException($"{Validation.Name}: leave it out with files of answers, which are about all training images");
        }

        if (Flag.Read<Averaging>(parsed, Averaging) == Ensemble.Teachers.Averaging.Fitted && (count == 0 || isAnswers))
        {
            throw new UsageException(isAnswers
                ? $"{Averaging.Name} fitted: needs teachers that are networks, not files of answers"
                : $"{Averaging.Name} fitted: needs images to fit the weights on ({Validation.Name} N)");
        }
    }

    /// <summary>How the baseline is trained; null for as the student.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="student">How the student is.</param>
    public TrainingOptions? ToBaseline(ParseResult parsed, TrainingOptions student) =>
        parsed.GetValue(BaselineViews) is { } views && views != student.Views.Count ? student with { Views = student.Views with { Count = views } } : null;
}
