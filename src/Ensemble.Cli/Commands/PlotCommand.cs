using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Pipeline;
using Ensemble.Plots;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary><c>plot</c>: figures of runs.</summary>
internal static class PlotCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var runs = new Argument<string[]>("RUN") { Description = "The folders of runs or sweeps", Arity = ArgumentArity.OneOrMore };
        var size = new Option<string>("--x")
        {
            Description = "What size is counted in",
            HelpName = string.Join('|', PlotSize.Words),
            CustomParser = PlotSize.Parse,
            DefaultValueFactory = _ => PlotSize.Words[0],
        };
        var spread = Flag.OptionalChoice<BarChoice>("--bars", "What the bars show: the range over the seeds, their standard deviation, or the interval over the test images [default: range, at one seed interval]");
        var curves = new Option<bool>("--curves") { Description = "Draw how one run's trainings went instead" };
        var quantity = Flag.Choice("--quantity", "What is drawn of trainings", TrainingQuantity.Accuracy);
        var others = new PlotChoice();
        var title = Flag.Text("--title", "TEXT", "The line above the figure [default: what it shows]");
        var output = Flag.Text("--out", "FILE.png|FILE.svg", "Where the figure goes [default: accuracy-vs-size.png, or in the run's folder a name that says what it is]");
        var command = new DocumentedCommand(
            "plot",
            "Draws accuracy against size over runs, those of the same recipe under other seeds as one point; or how a run's trainings went.",
            ["plot runs/five-seed-1 runs/five-seed-2 --out figure.svg", "plot runs/small runs/large --x multiply-adds", "plot runs/sizes", "plot runs/five --curves", "plot runs/five --confusion student", "plot sweeps/temperatures --temperature --out temperature.svg"])
        {
            runs, size, spread, curves, quantity, others.Reliability, others.Confusion, others.EnsembleSize, others.Temperature, title, output,
        };
        command.SetAction(parsed =>
        {
            var folders = RunFolders.Expand(parsed.GetRequiredValue(runs));
            var isCurves = parsed.GetValue(curves);
            if (others.Find(parsed) is { } other)
            {
                Refuse(isCurves || Flag.IsTyped(parsed, size) || Flag.IsTyped(parsed, spread) || Flag.IsTyped(parsed, quantity), $"{other}: draws a figure of its own, with which --curves, --x, --bars and --quantity have no meaning");
                Refuse(other != others.Temperature.Name && folders.Count > 1, $"{other}: draws one run, not several");
                var file = parsed.GetValue(output) ?? PlotChoice.StandardPath(other, folders);
                RequireWritable(file);
                return Write(context, others.Draw(context, parsed, folders, parsed.GetValue(title)), file);
            }

            Refuse(isCurves && folders.Count > 1, "--curves: draws one run, not several");
            Refuse(isCurves && (Flag.IsTyped(parsed, size) || Flag.IsTyped(parsed, spread)), "--x and --bars: have no meaning with --curves");
            Refuse(!isCurves && Flag.IsTyped(parsed, quantity), "--quantity: has no meaning without --curves");
            var path = parsed.GetValue(output) ?? (isCurves ? Path.Combine(folders[0], "curves.png") : "accuracy-vs-size.png");
            RequireWritable(path);
            var figure = isCurves
                ? Curves(folders[0], new TrainingCurvesOptions { Title = parsed.GetValue(title), Quantity = Flag.Read<TrainingQuantity>(parsed, quantity) })
                : AgainstSize(context, folders, new AccuracyAgainstSizeOptions
                {
                    Title = parsed.GetValue(title),
                    Size = PlotSize.Read(parsed.GetRequiredValue(size)),
                    Spread = (Spread?)Flag.ReadOptional<BarChoice>(parsed, spread),
                });
            return Write(context, figure, path);
        });
        return command;
    }

    private static Figure AgainstSize(CommandContext context, IReadOnlyList<string> folders, AccuracyAgainstSizeOptions options)
    {
        var runs = RunFolders.Read(context, folders);
        foreach (var run in runs)
        {
            RequireSizes(run, options.Size);
        }

        var datasets = runs.Select(run => run.Results!.Dataset).Distinct().ToArray();
        Refuse(datasets.Length > 1, $"plot: the runs are of several data sets ({string.Join(", ", datasets)}); name runs of one");
        return AccuracyAgainstSize.Draw(RunVariants.Name(runs), options);
    }

    private static void RequireSizes(RunStatus run, SizeMeasure size)
    {
        var results = run.Results ?? throw new DataFaultException(
            Path.Combine(run.Folder, "results.json"), "the results of a run that is done", "no such file", "let the run end, with the command that began it");
        if (size == SizeMeasure.Latency && results.Models.All(model => model.Latency is null))
        {
            throw new DataFaultException(Path.Combine(run.Folder, "results.json"), "a latency", "none", "choose another --x, or evaluate the run again");
        }
    }

    private static Figure Curves(string path, TrainingCurvesOptions options)
    {
        var curves = RunCurves.Read(RunFolder.Open(path));
        try
        {
            return TrainingCurves.Draw(curves, options);
        }
        catch (ArgumentException exception) when (curves.Count == 0 || exception.ParamName == nameof(curves))
        {
            throw new DataFaultException(
                Path.GetFullPath(path), $"a metrics.jsonl with the {options.Quantity.ToString().ToLowerInvariant()} of at least one epoch", "none", "let a training end its first epoch, or choose another --quantity", exception);
        }
    }

    private static int Write(CommandContext context, Figure figure, string path)
    {
        figure.Save(path);
        if (figure.OmittedLabels.Count > 0) context.Output.WriteParagraph($"no room for the names of {string.Join(", ", figure.OmittedLabels)}");
        context.Output.WritePlainLine($"figure: {Path.GetFullPath(path)}");
        return ExitCode.Success;
    }

    private static void RequireWritable(string path) => Refuse(!Figure.IsWritable(path), $"--out: must end with {string.Join(" or ", Figure.Extensions)}, is {path}");

    private static void Refuse(bool isWrong, string fault)
    {
        if (isWrong) throw new UsageException(fault);
    }

    /// <summary>The bars, in the order of <see cref="Spread"/>, in a word each.</summary>
    private enum BarChoice
    {
        Range,
        Deviation,
        Interval,
    }
}
