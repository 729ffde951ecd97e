using System.CommandLine;
using Ensemble.Data;

namespace Ensemble.Cli.Commands;

/// <summary>Which data a command looks at, as typed: the argument and the flags.</summary>
internal sealed class DataSource
{
    public Argument<string> Dataset { get; } = DataFlags.Dataset();

    public Option<string?> Directory { get; } = DataFlags.Directory();

    public Option<ulong> Seed { get; } = DataFlags.Seed();

    public Option<int?> ImageSize { get; } = DataFlags.ImageSize();

    public Option<string?> Broken { get; } = DataFlags.Broken();

    public Option<double?> TestShare { get; } = DataFlags.TestShare();

    /// <summary>Adds the argument and the flags.</summary>
    public void AddTo(Command command)
    {
        command.Add(Dataset);
        command.Add(Directory);
        command.Add(Seed);
        command.Add(ImageSize);
        command.Add(Broken);
        command.Add(TestShare);
    }

    /// <summary>Reads the data.</summary>
    public DatasetSplits Load(CommandContext context, ParseResult parsed) => context.Datasets.Load(
        parsed.GetRequiredValue(Dataset),
        new DatasetRequest
        {
            Directory = parsed.GetValue(Directory),
            Seed = parsed.GetValue(Seed),
            CancellationToken = context.Stop,
            Reading = DataFlags.ToReading(parsed, ImageSize, Broken, TestShare),
        });

    /// <summary>The splits with their names, in order.</summary>
    public static IReadOnlyList<(string Name, ImageDataset Images)> InOrder(DatasetSplits splits) =>
    [
        ("train", splits.Train),
        .. splits.Validation is null ? Array.Empty<(string, ImageDataset)>() : [("validation", splits.Validation)],
        ("test", splits.Test),
    ];

    /// <summary>A data set in a line.</summary>
    public static string Describe(DatasetSplits splits)
    {
        var counts = string.Join(", ", InOrder(splits).Select(split => $"{split.Images.Count:N0} {split.Name}"));
        return $"{splits.Name}: {counts} images of {splits.Train.Shape}, {splits.Train.ClassCount} classes";
    }
}
