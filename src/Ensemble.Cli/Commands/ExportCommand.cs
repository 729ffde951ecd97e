using System.CommandLine;
using System.Globalization;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Export;
using Ensemble.Pipeline;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary><c>export</c>: a run's model as files for use elsewhere, held against the original.</summary>
internal static class ExportCommand
{
    private const string TeacherPrefix = "teacher-";

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
        var source = Source(context, run, parsed.GetRequiredValue(flags.Model)!, parsed.GetValue(flags.DataDirectory));
        var folder = parsed.GetValue(flags.Out) ?? Path.Combine(run.RootPath, "export", $"{source.Name}-{Describe(options)}");
        var exporter = new ModelExporter(context.Models) { MayFetchRuntime = !parsed.GetValue(flags.Offline) };
        var report = exporter.Export(source, options, folder, line => context.Output.WritePlainLine($"{line} ..."));
        foreach (var line in ExportLines.Of(report))
        {
            context.Output.WritePlainLine(line);
        }

        return ExitCode.Success;
    }

    private static string Describe(ExportOptions options) => options.Format switch
    {
        ExportFormat.Onnx => options.Precision.ToString().ToLowerInvariant(),
        ExportFormat.Bundle => $"bundle-{options.Precision.ToString().ToLowerInvariant()}",
        _ => "safetensors",
    };

    private static ExportSource Source(CommandContext context, RunFolder run, string model, string? dataDirectory)
    {
        var manifest = RunManifest.Read(run.ManifestPath);
        var recipe = manifest.ReadRecipe<DistillationRecipe>(run.ManifestPath);
        var (folder, resultName) = Locate(run, recipe, model.ToLowerInvariant());
        var splits = context.Datasets.Load(recipe.Dataset, (recipe with { DataDirectory = dataDirectory ?? recipe.DataDirectory }).ToDatasetRequest());
        var checksum = DatasetRecords.Of(splits).Checksum;
        if (checksum != manifest.Dataset.Checksum)
        {
            throw new DataFaultException(recipe.Dataset, $"the run's data, of checksum {manifest.Dataset.Checksum}", checksum, "name where the run's data are (--data-dir)");
        }

        return new ExportSource
        {
            Name = model.ToLowerInvariant(),
            Folder = folder,
            Splits = splits,
            Result = File.Exists(run.ResultsPath) ? ResultsFile.Read(run.ResultsPath).Models.FirstOrDefault(result => result.Name == resultName) : null,
            Teachers = ModelFile.Read(folder).Teachers ?? [],
        };
    }

    // In the table of results teachers count from 1, and so they do here; their folders count from 0.
    private static (string Folder, string ResultName) Locate(RunFolder run, DistillationRecipe recipe, string model)
    {
        if (model is "student" or "baseline")
        {
            return (model == "student" ? run.StudentPath : run.BaselinePath, model);
        }

        return model.StartsWith(TeacherPrefix, StringComparison.Ordinal)
            && int.TryParse(model.AsSpan(TeacherPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= recipe.TeacherCount
            ? (run.TeacherPath(number - 1), $"teacher {number}")
            : throw new UnknownNameException("model of the run", model, ["student", "baseline", .. Enumerable.Range(1, recipe.TeacherCount).Select(index => $"{TeacherPrefix}{index}")]);
    }
}
