using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Export;
using Ensemble.Pipeline;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary><c>export</c>: a run's model as files for use elsewhere, held against the original.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var flags = new ExportFlags();
        var command = new DocumentedCommand(
            "export",
            "Writes a run's model as ONNX, as safetensors with a model card, or both, and compares the ONNX file with the original by ONNX Runtime.",
            [
                "export runs/cifar10 --to onnx",
                "export runs/cifar10 --to onnx --precision int8 --calibration percentile",
                "export runs/cifar10 --to onnx --precision int8 --tune 500",
                "export runs/cifar10 --to onnx --precision fp16 --input float --softmax --out phone/",
                "export runs/cifar10 --model teacher-1 --to safetensors",
                "export runs/cifar10 --to bundle",
            ])
        {
            flags.Run,
        };
        foreach (var flag in flags.All)
        {
            command.Add(flag);
        }

        command.SetAction(parsed => Run(context, flags, parsed));
        return command;
    }

    private static int Run(CommandContext context, ExportFlags flags, ParseResult parsed)
    {
        var options = flags.ToOptions(parsed);
        var run = RunFolder.Open(parsed.GetRequiredValue(flags.Run));
        var source = RunExport.Read(run, parsed.GetValue(flags.Model) ?? RunExport.DefaultModel(run), context.Datasets, parsed.GetValue(flags.DataDirectory));
        var folder = parsed.GetValue(flags.Out) ?? RunExport.FolderOf(run, source.Name, options);
        var exporter = new ModelExporter(context.Models) { MayFetchRuntime = !parsed.GetValue(flags.Offline) };
        var report = exporter.Export(source, options, folder, line => context.Output.WritePlainLine($"{line} ..."));
        foreach (var line in ExportLines.Of(report))
        {
            context.Output.WritePlainLine(line);
        }

        return ExitCode.Success;
    }
}
