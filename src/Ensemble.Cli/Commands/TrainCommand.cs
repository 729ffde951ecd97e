using System.CommandLine;
using Ensemble.Cli.Arguments;

namespace Ensemble.Cli.Commands;

/// <summary><c>train</c>: one network on its own.</summary>
internal static class TrainCommand
{
    private const string Name = "train";

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var flags = new TrainFlags();
        var command = new DocumentedCommand(
            Name,
            "Trains one network on a data set, without teachers, and measures it.",
            [
                "train --data photos/ --model resnet20",
                "train --data cifar10 --model airbench --epochs 8 --out runs/airbench",
                "train --data cifar100 --model wrn_16_2 --epochs 240 --batch-size 64 --learning-rate 0.05 --schedule step --decayed all",
            ]);
        foreach (var option in flags.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            var recipe = flags.ToRecipe(parsed, context.Datasets);
            context.Datasets.Require(recipe.Dataset, recipe.ToDatasetRequest());
            var folder = flags.Run.Folder(parsed, context.Datasets.NameOf(recipe.Dataset), context.Clock);
            return RunCommand.Run(context, recipe, folder, flags.Run.ToSettings(context, parsed));
        });
        return command;
    }
}
