using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Pipeline;

namespace Ensemble.Cli.Commands;

/// <summary><c>quickstart</c>: the whole way on images that are drawn.</summary>
internal static class QuickstartCommand
{
    private const string Name = "quickstart";

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var flags = new RunFlags(Name);
        var command = new DocumentedCommand(
            Name,
            "Trains three teachers, distils them into a student and compares it with the same network trained alone, on images that are drawn: needs no files.",
            [Name, $"{Name} --seed 2 --out runs/second-seed", $"{Name} --device cpu"])
        {
            flags.Seed,
            flags.Device,
            flags.HourlyRate,
            flags.CheckpointSeconds,
            flags.Out,
        };
        command.SetAction(parsed =>
        {
            var recipe = QuickstartRecipe.Create(parsed.GetValue(flags.Seed), parsed.GetRequiredValue(flags.Device)!);
            return RunCommand.Run(context, recipe, flags.Folder(parsed, recipe.Dataset, context.Clock), flags.ToSettings(context, parsed));
        });
        return command;
    }
}
