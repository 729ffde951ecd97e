using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Data;
using Ensemble.Data.Catalog;
using Ensemble.Data.Downloads;

namespace Ensemble.Cli.Commands;

/// <summary><c>data verify</c>: a download byte by byte; a person's own data by reading all of them.</summary>
internal static class DataVerifyCommand
{
    private const int MostNamed = 20;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var dataset = DataFlags.Dataset();
        var directory = DataFlags.Directory();
        var command = new DocumentedCommand(
            "verify",
            "Checks a download against its checksums, and a path by reading all of it; a packed file holds its own checksums.",
            ["data verify cifar10", "data verify eurosat --data-dir /mnt/data", "data verify photos.ensdata", "data verify photos/"])
        {
            dataset, directory,
        };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(dataset), parsed.GetValue(directory)));
        return command;
    }

    private static int Run(CommandContext context, string nameOrPath, string? directory)
    {
        var folder = directory ?? DatasetRegistry.DefaultDataFolder;
        if (FindEntry(context, nameOrPath) is { } entry)
        {
            if (Directory.Exists(Path.Combine(folder, entry.Name)))
            {
                return VerifyDownload(context, entry, folder);
            }

            RequireFiles(entry, directory, folder);
        }

        var splits = context.Datasets.Load(nameOrPath, new DatasetRequest { Directory = directory, CancellationToken = context.Stop });
        context.Output.WritePlainLine($"{DataSource.Describe(splits)}: all of it can be read");
        foreach (var (name, images) in DataSource.InOrder(splits))
        {
            context.Output.WritePlainLine($"  {name}: checksum {images.Checksum}");
        }

        return ExitCode.Success;
    }

    private static CatalogEntry? FindEntry(CommandContext context, string name) =>
        context.Catalog.Entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));

    // Not downloaded, files of it may still lie in the folder that was named, put there by a person.
    private static void RequireFiles(CatalogEntry entry, string? named, string folder)
    {
        if (string.IsNullOrEmpty(named) || !DatasetRegistry.HoldsFiles(entry, named))
        {
            var to = string.IsNullOrEmpty(named) ? "" : $" --to {named}";
            throw new DataFaultException(
                Path.Combine(folder, entry.Name), $"{entry.Title}, downloaded", "no such folder: it is not downloaded",
                $"get it: {CommandContext.Launcher} data download {entry.Name}{to}");
        }
    }

    private static int VerifyDownload(CommandContext context, CatalogEntry entry, string folder)
    {
        var report = DownloadView.Watch(
            context.Output, context.Clock, progress => DatasetVerifier.Verify(entry, folder, progress, context.Stop));
        foreach (var fault in report.Faults.Take(MostNamed))
        {
            context.Output.WritePlainLine($"{fault.Path}: expected {fault.Expected}, found {fault.Found}");
        }

        if (report.Faults.Count == 0)
        {
            context.Output.WritePlainLine(report.ToString());
            return ExitCode.Success;
        }

        context.Error.WritePlainLine($"error: {report}; {CommandContext.Launcher} data download {entry.Name} --replace gets it again");
        return ExitCode.Fault;
    }
}
