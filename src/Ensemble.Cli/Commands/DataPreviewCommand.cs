using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Data;
using Ensemble.Data.Images;
using Ensemble.Storage;

namespace Ensemble.Cli.Commands;

/// <summary><c>data preview</c>: what a data set holds, in numbers and in a picture.</summary>
internal static class DataPreviewCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var source = new DataSource();
        var sheet = Flag.Text("--out", "FILE.png", "The picture [default: NAME-preview.png]");
        var command = new DocumentedCommand(
            "preview",
            "Counts the images of each class, and draws some of each into a picture.",
            ["data preview shapes", "data preview photos/ --broken skip --out sheet.png", "data preview photos.ensdata"]);
        source.AddTo(command);
        command.Add(sheet);
        command.SetAction(parsed => Run(context, source.Load(context, parsed), parsed.GetValue(sheet), parsed.GetValue(source.Seed)));
        return command;
    }

    private static int Run(CommandContext context, DatasetSplits splits, string? file, ulong seed)
    {
        var sheet = ContactSheet.Draw(splits.Train, seed);
        var path = Path.GetFullPath(file ?? $"{splits.Name}-preview.png");
        AtomicFile.WriteBytes(path, sheet.Png);
        var statistics = ChannelStatistics.Measure(splits.Train);
        var parts = DataSource.InOrder(splits);
        var counts = parts.Select(part => part.Images.CountPerClass()).ToArray();
        context.Output.WritePlainLine(DataSource.Describe(splits));
        context.Output.WritePlainLine($"channels: mean {Join(statistics.Mean)}, standard deviation {Join(statistics.StandardDeviation)}");
        TextTable.Write(
            context.Output,
            [new TextColumn("class"), .. parts.Select(part => new TextColumn(part.Name, IsNumber: true))],
            [.. splits.Train.ClassNames.Select((name, label) => (string[])[name, .. counts.Select(count => $"{count[label]:N0}")])]);
        context.Output.WritePlainLine("");
        context.Output.WritePlainLine(
            $"the picture, {ContactSheet.Columns} training images a row, a row for each of the first {sheet.ClassesShown} classes: {path}");
        return ExitCode.Success;
    }

    private static string Join(IEnumerable<double> values) => string.Join(" ", values.Select(value => $"{value:0.000}"));
}
