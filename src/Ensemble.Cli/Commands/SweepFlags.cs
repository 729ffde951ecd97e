using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Teachers;

namespace Ensemble.Cli.Commands;

/// <summary>The flags of <c>sweep</c>: those of <c>distill</c>, with lists where several are meant.</summary>
/// <param name="context">Knows the names.</param>
internal sealed class SweepFlags(CommandContext context)
{
    // The teachers answer each once: a new one in every epoch would have to be asked for by every student.
    private const int StandardViews = 4;

    private static readonly ObjectiveOptions s_objective = new();

    public DistillFlags Distill { get; } = new(context, "sweep");

    public Option<string?> Recipe { get; } = Flag.Text("--recipe", "FILE", "The sweep.json of a sweep, or the recipe in it: does that sweep again; but for --data-dir and --device, nothing of a recipe is typed then");

    public Option<string?> Students { get; } = Flag.Text("--students", "A,B,...", "The students' architectures; the baselines are the same without teachers");

    public Option<string?> Temperatures { get; } = Flag.Text("--temperatures", "T,T,...", "The temperatures that soften the ensemble's answers", $"{s_objective.Temperature}");

    public Option<string?> HardWeights { get; } = Flag.Text("--hard-weights", "W,W,...", "The weights of the labels in the students' loss", $"{s_objective.HardWeight}");

    public Option<string?> Objectives { get; } = Flag.Text("--objectives", "A,B,...", "What the students minimise; see distill --help", RunFlags.Defaults.Objective);

    public Option<string?> Seeds { get; } = Flag.Text("--seeds", "S,S,...", "What students and baselines are derived from, each seed a repetition", "1");

    public Option<ulong?> ViewSeed { get; } = Flag.OptionalNumber(
        "--view-seed", "S", "What counted views are drawn from [default: derived from --seed]", new NumberRule<ulong>(_ => { }));

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [.. OfRecipe, Recipe, Distill.Run.Device, Distill.Run.HourlyRate, Distill.Run.CheckpointSeconds, Distill.Begin, .. Distill.Export.All, .. Distill.Engine.All, Distill.Run.Out];

    private IReadOnlyList<Option> OfRecipe =>
    [
        Distill.Data, Distill.DataDirectory, Distill.ImageSize, Distill.Broken, Distill.TestShare, Distill.Validation, Distill.Teacher, Distill.Teachers, Distill.TeachersFrom, Distill.OfOtherImages,
        Distill.WeightsMean, Distill.WeightsStd, Distill.HardConfidence, Students, Temperatures, HardWeights, Objectives, Seeds, .. Distill.Training.All, .. Distill.TeacherTraining.All,
        .. Distill.StudentTraining.All, Distill.BaselineViews, Distill.Averaging, .. Distill.ObjectiveFlags.All, ViewSeed, Distill.Run.Seed,
    ];

    /// <summary>The recipe that was typed, or that the file which was named holds.</summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <exception cref="UsageException">Something is missing or out of range, or was typed beside a recipe's file.</exception>
    /// <exception cref="DataFaultException">The file holds no recipe.</exception>
    public SweepRecipe ToRecipe(ParseResult parsed)
    {
        if (parsed.GetValue(Recipe) is not { } path)
        {
            return Typed(parsed);
        }

        var beside = OfRecipe.Where(option => option != Distill.DataDirectory && Flag.IsTyped(parsed, option)).Select(option => option.Name).ToArray();
        if (beside.Length > 0)
        {
            throw new UsageException($"--recipe: says all of a recipe; leave out {string.Join(", ", beside)}");
        }

        // Where the data lie and where to compute are the machine's matter.
        var recipe = SweepRecipeFile.Read(path);
        return recipe.WithDataAt(parsed.GetValue(Distill.DataDirectory), context.Datasets) with
        {
            Device = Flag.IsTyped(parsed, Distill.Run.Device) ? parsed.GetRequiredValue(Distill.Run.Device)! : recipe.Device,
        };
    }

    private SweepRecipe Typed(ParseResult parsed)
    {
        var brought = BroughtFlags.Read(parsed, Distill);
        var count = brought.Count > 0 && !Flag.IsTyped(parsed, Distill.Teachers) ? 0 : parsed.GetValue(Distill.Teachers);
        var needed = count > 0 ? new[] { Distill.Data, Distill.Teacher, Students } : [Distill.Data, Students];
        var missing = needed.Where(option => parsed.GetValue(option) is null).Select(option => option.Name).ToArray();
        if (missing.Length > 0)
        {
            throw new UsageException($"{string.Join(", ", missing)}: must be typed, or a --recipe (see {CommandContext.Launcher} sweep --help)");
        }

        var data = parsed.GetValue(Distill.Data)!;
        DataFlags.RequireUse(parsed, Distill.DataDirectory, data, context.Datasets);
        Distill.RequireValidation(parsed, brought);
        var name = context.Datasets.NameOf(data);
        var teacher = count > 0 ? parsed.GetValue(Distill.Teacher) : null;
        return new SweepRecipe
        {
            // Whole, so that the sweep can be continued from another folder.
            Dataset = context.Datasets.IsPath(data) ? Path.GetFullPath(data) : name,
            Reading = DataFlags.ToReading(parsed, Distill.ImageSize, Distill.Broken, Distill.TestShare),
            DataDirectory = parsed.GetValue(Distill.DataDirectory),
            ValidationCount = parsed.GetValue(Distill.Validation),
            Teacher = teacher,
            TeacherCount = count,
            BroughtTeachers = brought.Count > 0 ? brought : null,
            TeacherTraining = teacher is null ? null : TrainingFlags.ToOptions(parsed, teacher, RecipeDefaults.TeacherAugmentation(name), Distill.Training, Distill.TeacherTraining),
            Students = [.. ListFlag.Words(parsed, Students).Select(student => Student(parsed, student, RecipeDefaults.StudentAugmentation(name)))],
            Objectives = ListFlag.Words(parsed, Objectives),
            Temperatures = ListFlag.Numbers(parsed, Temperatures, new NumberRule<double>(temperature => (s_objective with { Temperature = temperature }).Validate())),
            HardWeights = ListFlag.Numbers(parsed, HardWeights, new NumberRule<double>(weight => (s_objective with { HardWeight = weight }).Validate())),
            ObjectiveOptions = Distill.ObjectiveFlags.Apply(parsed, s_objective with { Averaging = Flag.Read<Averaging>(parsed, Distill.Averaging) }),
            Seeds = ListFlag.Numbers(parsed, Seeds, new NumberRule<ulong>(_ => { })),
            Seed = parsed.GetValue(Distill.Run.Seed),
            ViewSeed = parsed.GetValue(ViewSeed),
            Device = parsed.GetRequiredValue(Distill.Run.Device)!,
        };
    }

    private SweepStudent Student(ParseResult parsed, string architecture, AugmentationOptions augmentation)
    {
        var training = TrainingFlags.ToOptions(parsed, architecture, augmentation, Distill.Training, Distill.StudentTraining);
        var isTyped = Flag.IsTyped(parsed, Distill.Training.Views) || Flag.IsTyped(parsed, Distill.StudentTraining.Views);
        training = isTyped || training.Views.Count > 0 ? training : training with { Views = training.Views with { Count = StandardViews } };
        return new SweepStudent { Architecture = architecture, Training = training, BaselineTraining = Distill.ToBaseline(parsed, training) };
    }
}
