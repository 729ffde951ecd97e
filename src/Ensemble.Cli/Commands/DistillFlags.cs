using System.CommandLine;
using Ensemble.Acceleration;
using Ensemble.Cli.Arguments;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Pipeline;
using Ensemble.Teachers;
using Ensemble.Training;

namespace Ensemble.Cli.Commands;

/// <summary>The flags of <c>distill</c>, their defaults and ranges taken from the records that they fill.</summary>
/// <param name="context">Knows the names.</param>
internal sealed class DistillFlags(CommandContext context)
{
    private static readonly DistillationRecipe Defaults = RunFlags.Defaults;
    private static readonly TrainingOptions Fully = RecipeDefaults.Training("mlp", AugmentationOptions.None);
    private static readonly NumberRule<int> EpochRule = new(epochs => new TrainingOptions { Epochs = epochs }.Validate());

    public Option<string?> Data { get; } = Required(Flag.Text("--data", DataFlags.NameOrPath, "The data set: a name (see data list), or the path of a folder of images, an .npz or a packed file"));

    public Option<string?> DataDirectory { get; } = DataFlags.Directory();

    public Option<int?> ImageSize { get; } = DataFlags.ImageSize();

    public Option<string?> Broken { get; } = DataFlags.Broken();

    public Option<double?> TestShare { get; } = DataFlags.TestShare();

    public Option<string?> Teacher { get; } = Required(Flag.Text("--teacher", "NAME", "The teachers' architecture; see the command models"));

    public Option<int> Teachers { get; } = Flag.Number(
        "--teachers", "K", "How many teachers", new NumberRule<int>(count => (Defaults with { TeacherCount = count }).Validate()), Defaults.TeacherCount);

    public Option<string?> Student { get; } = Required(Flag.Text("--student", "NAME", "The student's architecture; the baseline is the same without teachers"));

    public Option<int> Epochs { get; } = Flag.Number(
        "--epochs", "E", "Passes over the training images, for every network", EpochRule, Defaults.TeacherTraining.Epochs);

    public Option<int?> TeacherEpochs { get; } = Flag.OptionalNumber("--teacher-epochs", "E", "The same for the teachers only [default: --epochs]", EpochRule);

    public Option<int?> StudentEpochs { get; } = Flag.OptionalNumber("--student-epochs", "E", "The same for student and baseline only [default: --epochs]", EpochRule);

    public Option<double> Temperature { get; } = Flag.Number(
        "--temperature", "T", "The temperature that softens the ensemble's answers",
        new NumberRule<double>(temperature => new ObjectiveOptions { Temperature = temperature }.Validate()), Defaults.ObjectiveOptions.Temperature);

    public Option<double> HardWeight { get; } = Flag.Number(
        "--hard-weight", "W", "The weight of the labels in the student's loss; the ensemble's answers have the rest",
        new NumberRule<double>(weight => new ObjectiveOptions { HardWeight = weight }.Validate()), Defaults.ObjectiveOptions.HardWeight);

    public Option<string> Averaging { get; } = Flag.Choice("--averaging", "How the teachers' answers become one", Defaults.ObjectiveOptions.Averaging);

    public Option<string?> Objective { get; } = Flag.Text(
        "--objective", "NAME", $"What the student minimises: {string.Join("; ", context.Objectives.Methods.Select(method => $"{method.Key}, {method.Value}"))}", Defaults.Objective);

    public Option<string> Precision { get; } = Flag.Choice(
        "--precision", "The arithmetic of the layers; auto is bf16 where the hardware has it", Defaults.TeacherTraining.Precision);

    public Option<int> BatchSize { get; } = Flag.Number(
        "--batch-size", "N", "Images in a step", new NumberRule<int>(size => new TrainingOptions { BatchSize = size }.Validate()), Defaults.TeacherTraining.BatchSize);

    public Option<double?> LearningRate { get; } = Flag.OptionalNumber(
        "--learning-rate", "R", $"The peak learning rate, for every network [default: {Defaults.TeacherTraining.LearningRate}; mlp networks {Fully.LearningRate}]",
        new NumberRule<double>(rate => new TrainingOptions { LearningRate = rate }.Validate()));

    public RunFlags Run { get; } = new("distill");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        Data, DataDirectory, ImageSize, Broken, TestShare, Teacher, Teachers, Student, Epochs, TeacherEpochs, StudentEpochs, Temperature, HardWeight, Averaging, Objective,
        Run.Seed, Run.Device, Precision, BatchSize, LearningRate, Run.Out,
    ];

    /// <summary>The recipe that was typed.</summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <param name="dataset">The data set's name, as registered, or the path's last part.</param>
    /// <param name="source">What to load: the name, or the path.</param>
    public DistillationRecipe ToRecipe(ParseResult parsed, string dataset, string source) => Defaults with
    {
        Dataset = source,
        Reading = DataFlags.ToReading(parsed, ImageSize, Broken, TestShare),
        DataDirectory = parsed.GetValue(DataDirectory),
        Teacher = parsed.GetRequiredValue(Teacher)!,
        TeacherCount = parsed.GetValue(Teachers),
        Student = parsed.GetRequiredValue(Student)!,
        TeacherTraining = ToTraining(parsed, parsed.GetRequiredValue(Teacher)!, RecipeDefaults.TeacherAugmentation(dataset), TeacherEpochs),
        StudentTraining = ToTraining(parsed, parsed.GetRequiredValue(Student)!, RecipeDefaults.StudentAugmentation(dataset), StudentEpochs),
        Objective = parsed.GetRequiredValue(Objective)!,
        ObjectiveOptions = new ObjectiveOptions
        {
            Temperature = parsed.GetValue(Temperature),
            HardWeight = parsed.GetValue(HardWeight),
            Averaging = Flag.Read<Averaging>(parsed, Averaging),
        },
        Seed = parsed.GetValue(Run.Seed),
        Device = parsed.GetRequiredValue(Run.Device)!,
    };

    private TrainingOptions ToTraining(ParseResult parsed, string architecture, AugmentationOptions augmentation, Option<int?> epochs)
    {
        var standard = RecipeDefaults.Training(architecture, augmentation, parsed.GetValue(epochs) ?? parsed.GetValue(Epochs));
        return standard with
        {
            BatchSize = parsed.GetValue(BatchSize),
            LearningRate = parsed.GetValue(LearningRate) ?? standard.LearningRate,
            Precision = Flag.Read<Precision>(parsed, Precision),
        };
    }

    private static Option<string?> Required(Option<string?> option)
    {
        option.Required = true;
        return option;
    }
}
