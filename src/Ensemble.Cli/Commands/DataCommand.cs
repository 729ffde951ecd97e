using System.CommandLine;
using Ensemble.Cli.Arguments;

namespace Ensemble.Cli.Commands;

/// <summary><c>data</c>: what there is to train on.</summary>
internal static class DataCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new DocumentedCommand(
        "data", "What there is to train on.", ["data list", "data download eurosat", "data preview photos/", "data pack photos/ --out photos.ensdata"])
    {
        DataListCommand.Create(context),
        DataDownloadCommand.Create(context),
        DataVerifyCommand.Create(context),
        DataPreviewCommand.Create(context),
        DataPackCommand.Create(context),
    };
}
