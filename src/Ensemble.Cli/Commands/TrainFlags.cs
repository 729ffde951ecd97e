using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Data;
using Ensemble.Pipeline;

namespace Ensemble.Cli.Commands;

/// <summary>The flags of <c>train</c>.</summary>
internal sealed class TrainFlags
{
    public Option<string?> Data { get; } = Required(Flag.Text("--data", DataFlags.NameOrPath, "The data set: a name (see data list), or the path of a folder of images, an .npz or a packed file"));

    public Option<string?> DataDirectory { get; } = DataFlags.Directory();

    public Option<int?> ImageSize { get; } = DataFlags.ImageSize();

    public Option<string?> Broken { get; } = DataFlags.Broken();

    public Option<double?> TestShare { get; } = DataFlags.TestShare();

    public Option<int> Validation { get; } = DataFlags.Validation();

    public Option<string?> Model { get; } = Required(Flag.Text("--model", "NAME", "The network's architecture; see the command models"));

    public TrainingFlags Training { get; } = new();

    public RunFlags Run { get; } = new("train");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        Data, DataDirectory, ImageSize, Broken, TestShare, Validation, Model, .. Training.All, Run.Seed, Run.Device, Run.HourlyRate, Run.CheckpointSeconds, Run.Out,
    ];

    /// <summary>The recipe that was typed: one without teachers.</summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <param name="datasets">Knows the names.</param>
    public DistillationRecipe ToRecipe(ParseResult parsed, DatasetRegistry datasets)
    {
        var data = parsed.GetRequiredValue(Data)!;
        var model = parsed.GetRequiredValue(Model)!;
        DataFlags.RequireUse(parsed, DataDirectory, data, datasets);
        var name = datasets.NameOf(data);
        return new DistillationRecipe
        {
            Dataset = datasets.IsPath(data) ? Path.GetFullPath(data) : name,
            Reading = DataFlags.ToReading(parsed, ImageSize, Broken, TestShare),
            DataDirectory = parsed.GetValue(DataDirectory),
            ValidationCount = parsed.GetValue(Validation),
            Teacher = null,
            TeacherTraining = null,
            TeacherCount = 0,
            Student = model,
            StudentTraining = TrainingFlags.ToOptions(parsed, model, RecipeDefaults.TeacherAugmentation(name), Training),
            Objective = "hard",
            Seed = parsed.GetValue(Run.Seed),
            Device = parsed.GetRequiredValue(Run.Device)!,
        };
    }

    private static Option<string?> Required(Option<string?> option)
    {
        option.Required = true;
        return option;
    }
}
