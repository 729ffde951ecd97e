using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Data;
using Ensemble.Data.Catalog;
using Ensemble.Data.Downloads;

namespace Ensemble.Cli.Commands;

/// <summary><c>data download</c>: a data set of the catalogue, verified.</summary>
internal static class DataDownloadCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var name = DataFlags.Name();
        var to = Flag.Text("--to", "DIR", "The folder of downloads; the data set gets one of its own in it", DatasetRegistry.DefaultDataFolder);
        var allowUnverified = new Option<bool>("--allow-unverified") { Description = "Take a data set whose publisher gives no checksum" };
        var replace = new Option<bool>("--replace") { Description = "Download again, and replace what is there" };
        var command = new DocumentedCommand(
            "download",
            "Downloads a data set, verifies and unpacks it; what has arrived is kept when it is stopped, and the same command continues.",
            ["data download fashion-mnist", "data download eurosat --to /mnt/data", "data download cifar10 --replace"])
        {
            name, to, allowUnverified, replace,
        };
        command.SetAction(parsed =>
        {
            var options = new DownloadOptions { AllowUnverified = parsed.GetValue(allowUnverified), Replace = parsed.GetValue(replace) };
            return Run(context, context.Catalog.Find(parsed.GetRequiredValue(name)), parsed.GetRequiredValue(to)!, options);
        });
        return command;
    }

    private static int Run(CommandContext context, CatalogEntry entry, string folder, DownloadOptions options)
    {
        var size = entry.DownloadBytes is { } bytes ? $"{bytes / 1e6:N1} MB" : "size not known";
        context.Output.WriteParagraph($"{entry.Title}: {size}; licence: {entry.Licence}; to cite: {entry.Citation}");
        using var downloader = new DatasetDownloader(options, context.CreateHttpHandler(), context.Clock);
        try
        {
            var done = DownloadView.Watch(
                context.Output, context.Clock, progress => downloader.DownloadAsync(entry, folder, progress, context.Stop).GetAwaiter().GetResult());
            Show(context, entry, done, folder);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Error.WritePlainLine("stopped; what has arrived is kept, and the same command continues");
            return ExitCode.Interrupted;
        }
    }

    private static void Show(CommandContext context, CatalogEntry entry, DownloadedDataset done, string folder)
    {
        var verb = done.WasThere ? "was there already" : "downloaded";
        context.Output.WritePlainLine($"{entry.Name}: {verb}, {done.FileCount:N0} files, {done.Bytes / 1e6:N1} MB, in {done.ReaderFolder}");
        var directory = folder == DatasetRegistry.DefaultDataFolder ? "" : $" --data-dir {folder}";
        context.Output.WritePlainLine($"to use it: --data {entry.Name}{directory}");
    }
}
