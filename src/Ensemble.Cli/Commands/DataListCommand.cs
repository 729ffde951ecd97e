using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Data;
using Ensemble.Data.Catalog;

namespace Ensemble.Cli.Commands;

/// <summary><c>data list</c>: the data sets that have names.</summary>
internal static class DataListCommand
{
    private const string Nothing = "-";

    private static readonly TextColumn[] s_columns =
    [
        new("name"),
        new("here"),
        new("classes", IsNumber: true),
        new("images", IsNumber: true),
        new("size", DropOrder: 3),
        new("MB", IsNumber: true, DropOrder: 4),
        new("title", DropOrder: 1),
        new("licence", DropOrder: 2),
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var directory = Flag.Text("--data-dir", "DIR", "The folder of downloads", DatasetRegistry.DefaultDataFolder);
        var command = new DocumentedCommand(
            "list", "Lists the data sets that have names, and whether they are here.", ["data list", "data list --data-dir /mnt/data"])
        {
            directory,
        };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(directory)!));
        return command;
    }

    private static int Run(CommandContext context, string folder)
    {
        var entries = context.Catalog.Entries;
        var others = context.Datasets.Providers.Where(provider => entries.All(entry => entry.Name != provider.Name));
        TextTable.Write(context.Output, s_columns, [.. others.Select(Row), .. entries.Select(entry => Row(entry, folder))]);
        context.Output.WritePlainLine("");
        context.Output.WriteParagraph(
            $"here: below {Path.GetFullPath(folder)}; get one with {CommandContext.Launcher} data download NAME. --data also takes a path: " +
            string.Join("; ", context.Datasets.PathReaders.Select(reader => reader.Reads)) + ".");
        return ExitCode.Success;
    }

    private static string[] Row(IDatasetProvider provider) =>
        [provider.Name, provider.NeedsDirectory ? "no" : "drawn", Nothing, Nothing, Nothing, Nothing, provider.Description, Nothing];

    private static string[] Row(CatalogEntry entry, string folder) =>
    [
        entry.Name,
        DatasetRegistry.IsHere(entry, folder) ? "yes" : "no",
        $"{entry.ClassNames.Count}",
        $"{entry.Counts.Total:N0}",
        entry.Shape?.ToString() ?? "mixed",
        entry.DownloadBytes is { } bytes ? $"{bytes / 1e6:N1}" : Nothing,
        entry.Title,
        entry.Licence,
    ];
}
