using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Data.Formats;

namespace Ensemble.Cli.Commands;

/// <summary><c>data pack</c>: any data set as one file that is read at once.</summary>
internal static class DataPackCommand
{
    private const string OutFlag = "--out";

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var source = new DataSource();
        var file = Flag.Text(OutFlag, $"FILE{PackedDataset.Extension}", "The packed file");
        file.Required = true;
        var command = new DocumentedCommand(
            "pack",
            "Turns any data set into one file, with its splits, that is read at once and holds its own checksums.",
            ["data pack photos/ --out photos.ensdata", "data pack photos/ --image-size 96 --broken skip --out photos96.ensdata"]);
        source.AddTo(command);
        command.Add(file);
        command.SetAction(parsed => Run(context, source, parsed, parsed.GetRequiredValue(file)!));
        return command;
    }

    private static int Run(CommandContext context, DataSource source, ParseResult parsed, string file)
    {
        // Told apart by it when it is read: under another name it would not be found to be a packed file.
        if (!Path.GetExtension(file).Equals(PackedDataset.Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"{OutFlag}: must end in {PackedDataset.Extension}, is {file}");
        }

        var splits = source.Load(context, parsed);
        var path = Path.GetFullPath(file);
        PackedDataset.Write(path, splits);
        context.Output.WritePlainLine(DataSource.Describe(splits));
        context.Output.WritePlainLine($"packed, {new FileInfo(path).Length / 1e6:N1} MB: {path}");
        return ExitCode.Success;
    }
}
