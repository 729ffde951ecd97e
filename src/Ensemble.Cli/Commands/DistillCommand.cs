using System.CommandLine;
using Ensemble.Cli.Arguments;

namespace Ensemble.Cli.Commands;

/// <summary><c>distill</c>: the whole way, as the flags say.</summary>
internal static class DistillCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var flags = new DistillFlags(context);
        var command = new DocumentedCommand(
            "distill",
            "Trains teachers on a data set, distils them into a student and compares it with the same network trained alone.",
            [
                "distill --data photos/ --teacher resnet20 --teachers 2 --student resnet8",
                "distill --data photos/ --image-size 96 --broken skip --teacher resnet18 --student resnet8",
                "distill --data cifar10 --data-dir data/cifar10 --teacher resnet56 --student resnet8 --epochs 60",
                "distill --data mnist --data-dir data/mnist --teacher mlp-1200-1200 --student mlp-30-30 --temperature 20",
                "distill --data shapes --teacher resnet20 --teachers 5 --student resnet8x0.5 --averaging geometric --out runs/five",
            ]);
        foreach (var option in flags.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(context, flags, parsed));
        return command;
    }

    private static int Run(CommandContext context, DistillFlags flags, ParseResult parsed)
    {
        var typed = parsed.GetRequiredValue(flags.Data)!;
        var name = context.Datasets.NameOf(typed);
        // Whole, so that the run can be continued from another folder.
        var source = context.Datasets.IsPath(typed) ? Path.GetFullPath(typed) : name;
        var recipe = flags.ToRecipe(parsed, name, source);
        context.Datasets.Require(source, recipe.ToDatasetRequest());
        return RunCommand.Run(context, recipe, flags.Run.Folder(parsed, name, context.Clock));
    }
}
