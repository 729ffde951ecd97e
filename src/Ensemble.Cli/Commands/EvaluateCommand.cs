using System.CommandLine;
using Ensemble.Acceleration;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Data;
using Ensemble.Pipeline;
using Ensemble.Runs;
using Ensemble.Teachers;

namespace Ensemble.Cli.Commands;

/// <summary><c>evaluate</c>: models that were trained somewhere, on a split of a data set.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var models = new Argument<string[]>("MODEL")
        {
            Description = "A model's folder, a run's folder (all of its teachers; of a run without, its one network), or a .safetensors (of the architecture --model)",
            Arity = ArgumentArity.OneOrMore,
        };
        var flags = new EvaluateFlags();
        var command = new DocumentedCommand(
            "evaluate",
            "Measures trained models on a data set, and where there are several their ensemble too.",
            ["evaluate runs/five/student --data cifar10", "evaluate runs/five/student --data new-photos/ --split all", "evaluate runs/five --data cifar10 --averaging geometric", "evaluate resnet56.safetensors --model resnet56 --data cifar100"])
        {
            models,
        };
        foreach (var option in flags.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(context, BroughtFlags.Read(parsed, parsed.GetRequiredValue(models), flags.Model), flags, parsed));
        return command;
    }

    private static int Run(CommandContext context, IReadOnlyList<BroughtTeacher> models, EvaluateFlags flags, ParseResult parsed)
    {
        var data = parsed.GetRequiredValue(flags.Data)!;
        DataFlags.RequireUse(parsed, flags.DataDirectory, data, context.Datasets);
        var source = context.Datasets.IsPath(data) ? Path.GetFullPath(data) : context.Datasets.NameOf(data);
        var request = flags.ToRequest(parsed, models[0].Path, source, context.Datasets.IsPath(data)) with { CancellationToken = context.Stop };
        context.Datasets.Require(source, request);
        var device = DeviceSelector.Resolve(parsed.GetRequiredValue(flags.Run.Device)!);
        context.Output.WritePlainLine($"reading the data set {source} ...");
        var splits = context.Datasets.Load(source, request);
        var chosen = Choose(Flag.Read<SplitChoice>(parsed, flags.Split), splits, models);
        var split = ModelEvaluation.AmongClassesOf(models, chosen);
        if (split != chosen)
        {
            context.Output.WriteParagraph($"classes matched by name: {chosen.ClassCount} of the {split.ClassCount} that the models know{(chosen.ClassCount < split.ClassCount ? "; answers outside of them count as errors" : "")}");
        }

        var records = ModelEvaluation.Measure(
            models, context.Models, split, ChannelStatistics.Measure(splits.Train), Flag.Read<Averaging>(parsed, flags.Averaging), device, parsed.GetValue(flags.Run.HourlyRate));
        ResultsTable.Write(context.Output, records);
        if (parsed.GetValue(flags.Json) is { } path)
        {
            ToFile(context, splits, records, device.ToString(), request.Seed).Write(path);
            context.Output.WritePlainLine($"written: {Path.GetFullPath(path)}");
        }

        return ExitCode.Success;
    }

    private static ImageDataset Choose(SplitChoice choice, DatasetSplits splits, IReadOnlyList<BroughtTeacher> models)
    {
        if (choice != SplitChoice.Test)
        {
            return choice == SplitChoice.Train ? splits.Train : splits.Whole();
        }

        foreach (var model in models)
        {
            ModelOrigin.RequireUnseenTest(model.Path, splits);
        }

        return splits.Test;
    }

    private static ResultsFile ToFile(CommandContext context, DatasetSplits splits, IReadOnlyList<ResultRecord> records, string device, ulong seed)
    {
        var machine = MachineInfo.Read(TorchSharp.torch.__version__, device);
        return new ResultsFile
        {
            Recipe = "evaluate",
            Dataset = splits.Name,
            Seed = seed,
            Hardware = machine,
            Versions = new Dictionary<string, string> { ["libtorch"] = machine.LibtorchVersion, ["dotnet"] = machine.DotNetVersion },
            CreatedUtc = context.Clock.GetUtcNow(),
            Models = records,
        };
    }
}
