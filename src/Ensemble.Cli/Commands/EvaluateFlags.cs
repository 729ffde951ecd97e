using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Data;

namespace Ensemble.Cli.Commands;

/// <summary>The flags of <c>evaluate</c>.</summary>
internal sealed class EvaluateFlags
{
    public Option<string?> Data { get; } = Required(Flag.Text("--data", DataFlags.NameOrPath, "The data set: a name (see data list), or the path of a folder of images, an .npz or a packed file"));

    public Option<string?> DataDirectory { get; } = DataFlags.Directory();

    public Option<int?> ImageSize { get; } = DataFlags.ImageSize();

    public Option<string?> Broken { get; } = DataFlags.Broken();

    public Option<double?> TestShare { get; } = DataFlags.TestShare();

    public Option<string> Split { get; } = Flag.Choice("--split", "Which images to measure on", SplitChoice.Test);

    public Option<string?> Model { get; } = Flag.Text("--model", "NAME", "The architecture of a bare .safetensors file");

    public Option<string> Averaging { get; } = Flag.Choice("--averaging", "How the answers of several models become one", Ensemble.Teachers.Averaging.Arithmetic);

    public Option<string?> Json { get; } = Flag.Text("--json", "FILE", "Write the measurements to this file too");

    public RunFlags Run { get; } = new("evaluate");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Data, DataDirectory, ImageSize, Broken, TestShare, Split, Model, Averaging, Run.Seed, Run.Device, Run.HourlyRate, Json];

    /// <summary>What is asked of the data set.</summary>
    public DatasetRequest ToRequest(ParseResult parsed) => new()
    {
        Directory = parsed.GetValue(DataDirectory),
        Seed = parsed.GetValue(Run.Seed),
        Reading = DataFlags.ToReading(parsed, ImageSize, Broken, TestShare),
    };

    private static Option<string?> Required(Option<string?> option)
    {
        option.Required = true;
        return option;
    }
}
