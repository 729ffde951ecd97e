using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;

namespace Ensemble.Cli.Commands;

/// <summary><c>data</c>: what there is to train on.</summary>
internal static class DataCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var list = new DocumentedCommand("list", "Lists the data sets, and what the folder of each must hold.", ["data list"]);
        list.SetAction(_ => List(context));
        return new DocumentedCommand("data", "What there is to train on.", ["data list"]) { list };
    }

    private static int List(CommandContext context)
    {
        TextTable.Write(
            context.Output,
            [new TextColumn("name"), new TextColumn("--data-dir"), new TextColumn("what it is")],
            [.. context.Datasets.Providers.Select(provider => new[] { provider.Name, provider.NeedsDirectory ? "needed" : "-", provider.Description })]);
        return ExitCode.Success;
    }
}
