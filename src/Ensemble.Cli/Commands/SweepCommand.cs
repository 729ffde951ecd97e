using System.CommandLine;
using Ensemble.Acceleration;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;

namespace Ensemble.Cli.Commands;

/// <summary><c>sweep</c>: one set of teachers, many students.</summary>
internal static class SweepCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var flags = new SweepFlags(context);
        var command = new DocumentedCommand(
            "sweep",
            "Trains one set of teachers, keeps their answers, and distils them into many students: every combination of architecture, temperature, weight of the labels, objective and seed is a run; ends in one table. The same command continues a sweep that was stopped.",
            [
                "sweep --data cifar10 --teacher airbench --teachers 5 --students resnet8x0.25,resnet8,resnet20 --seeds 1,2,3 --teacher-epochs 8 --student-epochs 60 --student-views 4 --baseline-views 0 --out runs/sizes",
                "sweep --data shapes --teacher resnet20 --students resnet8x0.5 --temperatures 1,4,20 --hard-weights 0,0.1,0.5 --out runs/temperatures",
                "sweep --data shapes --teachers-from runs/five --students resnet8 --objectives kd,dkd,dist --out runs/objectives",
                "sweep --data cifar10 --teacher airbench --teachers 20 --students resnet8,resnet20 --seeds 1,2,3 --out runs/sizes --engine slurm --partition gpu --gpus 1 --soft-target-shards 4 --evaluation-shards 2 --export onnx",
                "sweep --data cifar10 --teacher airbench --teachers 4 --students resnet8,resnet20 --out runs/sizes --jobs 4",
                "sweep --recipe runs/sizes/sweep.json --out runs/sizes-again",
            ]);
        foreach (var option in flags.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(context, flags, parsed));
        return command;
    }

    /// <summary>The pipeline over everything that has a name.</summary>
    public static SweepPipeline Pipeline(CommandContext context) => new(context.Datasets, context.Models, context.Objectives, context.Clock);

    private static int Run(CommandContext context, SweepFlags flags, ParseResult parsed)
    {
        var isSlurm = flags.Distill.Engine.IsSlurm(parsed, flags.Distill.Begin, flags.Distill.Run.HourlyRate);
        var recipe = flags.ToRecipe(parsed);
        Validate(context, recipe);
        var folder = flags.Distill.Run.Folder(parsed, context.Datasets.NameOf(recipe.Dataset), context.Clock);
        var settings = flags.Distill.Run.ToSettings(context, parsed) with { Export = flags.Distill.Export.ToRequest(parsed) };
        if (isSlurm)
        {
            return SlurmCommand.Submit(context, flags.Distill, parsed, folder, () => MakeFolder(context, recipe, folder, settings));
        }

        if (parsed.GetValue(flags.Distill.Begin))
        {
            return Begin(context, recipe, folder, settings);
        }

        return LocalCommand.Do(context, flags.Distill, parsed, folder, () => MakeFolder(context, recipe, folder, settings)) ? Run(context, recipe, folder, settings) : ExitCode.Interrupted;
    }

    // The pipeline asks the same; here it is asked before anything is announced.
    private static void Validate(CommandContext context, SweepRecipe recipe)
    {
        try
        {
            recipe.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }

        foreach (var objective in recipe.Objectives)
        {
            context.Objectives.Create(objective, recipe.ObjectiveOptions);
        }

        foreach (var architecture in recipe.Students.Select(student => student.Architecture).Append(recipe.Teacher).OfType<string>())
        {
            context.Models.Require(architecture);
        }

        DeviceSelector.Resolve(recipe.Device);
        context.Datasets.Require(recipe.Dataset, SweepCells.Of(recipe)[0].Recipe.ToDatasetRequest());
    }

    private static int Run(CommandContext context, SweepRecipe recipe, string folder, RunSettings settings)
    {
        var runs = SweepCells.Of(recipe).Count;
        context.Output.WritePlainLine($"sweep folder: {Path.GetFullPath(folder)}");
        context.Output.WritePlainLine($"{runs} {(runs == 1 ? "run" : "runs")}; reading the data set {recipe.Dataset} ...");
        try
        {
            var results = RunCommand.Watch(context, observer => Pipeline(context).Run(recipe, folder, settings, observer, context.Stop), hidesFinished: true);
            context.Output.WritePlainLine("");
            SweepTable.Write(context.Output, results);
            context.Output.WritePlainLine($"the sweep's folder, with results.csv and results.md: {Path.GetFullPath(folder)}");
            if (results.Rows.Count > 0)
            {
                RunCommand.Report(context, folder);
            }

            return Outcome(context, results);
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Error.WritePlainLine($"stopped; finished stages and checkpoints are kept, and this continues the sweep: {RunCommand.Continuation(context.Arguments, folder)}");
            return ExitCode.Interrupted;
        }
    }

    /// <summary>The exit code of a sweep with these results; says what is missing.</summary>
    public static int Outcome(CommandContext context, SweepResults results)
    {
        if (results.Missing.Count == 0)
        {
            return ExitCode.Success;
        }

        context.Error.WritePlainLine($"error: {results.Missing.Count} of the sweep's runs have no results ({string.Join(", ", results.Missing.Select(run => run.Name))}); the same command tries them again");
        return ExitCode.Fault;
    }

    private static int Begin(CommandContext context, SweepRecipe recipe, string folder, RunSettings settings)
    {
        var stages = MakeFolder(context, recipe, folder, settings);
        var root = Path.GetFullPath(folder);
        foreach (var stage in stages)
        {
            var relative = Path.GetRelativePath(root, stage.Folder);
            RunCommand.WriteStage(context, relative == "." ? folder : Path.Combine(folder, relative), stage.Key, settings);
        }

        return ExitCode.Success;
    }

    private static IReadOnlyList<SweepStage> MakeFolder(CommandContext context, SweepRecipe recipe, string folder, RunSettings settings) =>
        RunCommand.Watch(context, observer => Pipeline(context).Begin(recipe, folder, settings, observer, context.Stop));
}
