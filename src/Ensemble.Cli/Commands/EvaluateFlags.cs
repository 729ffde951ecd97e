using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Data;
using Ensemble.Pipeline;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary>The flags of <c>evaluate</c>.</summary>
internal sealed class EvaluateFlags
{
    public Option<string?> Data { get; } = Required(Flag.Text("--data", DataFlags.NameOrPath, "The data set: a name (see data list), or the path of a folder of images, an .npz or a packed file"));

    public Option<string?> DataDirectory { get; } = DataFlags.Directory();

    public Option<int?> ImageSize { get; } = DataFlags.ImageSize();

    public Option<string?> Broken { get; } = DataFlags.Broken();

    public Option<double?> TestShare { get; } = DataFlags.TestShare();

    public Option<int> Validation { get; } = DataFlags.Validation();

    public Option<string> Split { get; } = Flag.Choice("--split", "Which images to measure on; all where the models have seen none of them", SplitChoice.Test);

    public Option<string?> Model { get; } = Flag.Text("--model", "NAME", "The architecture of a bare .safetensors file");

    public Option<string> Averaging { get; } = Flag.Choice("--averaging", "How the answers of several models become one", Ensemble.Teachers.Averaging.Arithmetic);

    public Option<string?> Json { get; } = Flag.Text("--json", "FILE", "Write the measurements to this file too");

    public RunFlags Run { get; } = new("evaluate");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Data, DataDirectory, ImageSize, Broken, TestShare, Validation, Split, Model, Averaging, Run.Seed, Run.Device, Run.HourlyRate, Json];

    /// <summary>
    /// What is asked of the data set: what was typed, and otherwise what the model's run asked of the same data, so that its test
    /// images are those. Images of other folders and files get the model's size.
    /// </summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <param name="model">The first model's folder or file.</param>
    /// <param name="dataset">The data set's name, or its absolute path.</param>
    /// <param name="isPath">Whether it is a path.</param>
    public DatasetRequest ToRequest(ParseResult parsed, string model, string dataset, bool isPath)
    {
        var own = ModelOrigin.FindRequest(model, dataset);
        var typed = DataFlags.ToReading(parsed, ImageSize, Broken, TestShare);
        return new()
        {
            Directory = parsed.GetValue(DataDirectory) ?? own?.Directory,
            Seed = own is null || Flag.IsTyped(parsed, Run.Seed) ? parsed.GetValue(Run.Seed) : own.Seed,
            ValidationCount = own is null || Flag.IsTyped(parsed, Validation) ? parsed.GetValue(Validation) : own.ValidationCount,
            Reading = typed with
            {
                SizePixels = typed.SizePixels ?? (own is null && isPath ? SideOf(model) : own?.Reading.SizePixels),
                BrokenImages = typed.BrokenImages ?? own?.Reading.BrokenImages,
                TestShare = typed.TestShare ?? own?.Reading.TestShare,
            },
        };
    }

    private static int? SideOf(string model) =>
        File.Exists(Path.Combine(model, ModelFile.RecordName)) && ModelFile.Read(model).InputShape is var shape && shape.Height == shape.Width ? shape.Height : null;

    private static Option<string?> Required(Option<string?> option)
    {
        option.Required = true;
        return option;
    }
}
