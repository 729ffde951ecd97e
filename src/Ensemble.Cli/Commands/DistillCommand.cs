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
            "Trains teachers on a data set, distils them into a student and compares it with the same network trained alone. Every flag of training, from --epochs to --precision, is there for the teachers or for student and baseline only too: --teacher-epochs, --student-learning-rate.",
            [
                "distill --data photos/ --teacher resnet20 --teachers 2 --student resnet8",
                "distill --data photos/ --image-size 96 --broken skip --teacher resnet18 --student resnet8",
                "distill --data cifar10 --data-dir data/cifar10 --teacher resnet56 --student resnet8 --epochs 60",
                "distill --data mnist --data-dir data/mnist --teacher mlp-1200-1200 --student mlp-30-30 --temperature 20",
                "distill --data cifar10 --teacher airbench --student resnet8 --teacher-epochs 8 --student-epochs 60 --student-views 4",
                "distill --recipe runs/five/run.json --out runs/five-again",
                "distill --data shapes --teacher resnet20 --teachers 5 --student resnet8x0.5 --averaging geometric --out runs/five",
                "distill --data photos/ --teacher resnet20 --student resnet8 --export onnx",
                "distill --data shapes --teacher resnet20 --teachers 5 --student resnet8x0.5 --out runs/five --engine slurm --partition gpu --time 2:00:00 --cpus 4 --gpus 1",
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
        var isSlurm = flags.Engine.IsSlurm(parsed, flags.Begin, flags.Run.HourlyRate);
        var recipe = flags.ToRecipe(parsed);
        context.Datasets.Require(recipe.Dataset, recipe.ToDatasetRequest());
        var folder = flags.Run.Folder(parsed, context.Datasets.NameOf(recipe.Dataset), context.Clock);
        var settings = flags.Run.ToSettings(context, parsed) with { Export = flags.Export.ToRequest(parsed) };
        if (settings.Export is not null && !recipe.HasTeachers)
        {
            throw new UsageException($"{flags.Export.Format.Name}: a run without teachers has no student; export its baseline ({CommandContext.Launcher} export RUN --model baseline)");
        }

        if (isSlurm)
        {
            return SlurmCommand.Submit(context, flags, parsed, folder, () => RunCommand.MakeFolder(context, recipe, folder, settings));
        }

        if (parsed.GetValue(flags.Begin))
        {
            return RunCommand.Begin(context, recipe, folder, settings);
        }

        return LocalCommand.Do(context, flags, parsed, folder, () => RunCommand.MakeFolder(context, recipe, folder, settings)) ? RunCommand.Run(context, recipe, folder, settings) : ExitCode.Interrupted;
    }
}
