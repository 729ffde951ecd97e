using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Data;
using Ensemble.Export;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;

namespace Ensemble.Cli.Commands;

/// <summary><c>run stage</c>: one stage of a run that was begun, for schedulers that place stages on many machines.</summary>
internal static class RunStageCommand
{
    /// <summary>Makes the command <c>run</c> with its parts.</summary>
    public static Command Create(CommandContext context)
    {
        var folder = new Argument<string>("RUN") { Description = "The folder of a run, or of a sweep, made by distill --begin, sweep --begin or a run" };
        var key = new Argument<string>("STAGE") { Description = "teachers/0, teachers/1, ..., soft-targets, baseline, student, evaluation or export; of a sweep teachers/0, ..., soft-targets, ensemble or table" };
        var flags = new RunFlags("run");
        var shard = Flag.Text("--shard", "I/N", $"Of {Stages()}: only part I of N, by samples; the stage without this joins the parts");
        var export = new StudentExportFlags("Of export: what the student leaves as, as by the command export with its defaults [default: onnx]");
        var stage = new DocumentedCommand(
            "stage",
            "Does one stage of a run, beside other processes that do others; a stage that is done is not done again.",
            ["run stage runs/five teachers/0", "run stage runs/five student", "run stage runs/five evaluation --hourly-rate 2.5", "run stage runs/sizes table", "run stage runs/five soft-targets --shard 2/8", "run stage runs/five evaluation --shard 1/4", "run stage runs/five export --export bundle"])
        {
            folder,
            key,
            flags.HourlyRate,
            flags.CheckpointSeconds,
            shard,
            export.Format,
            export.Offline,
        };
        stage.SetAction(parsed =>
        {
            var typed = parsed.GetRequiredValue(key);
            var settings = flags.ToSettings(context, parsed) with { Shard = ToShard(parsed.GetValue(shard), typed), Export = ToExport(parsed, export, typed) };
            return Run(context, parsed.GetRequiredValue(folder), typed, settings);
        });
        return new DocumentedCommand("run", "Does parts of a run.", ["run stage runs/five teachers/0"]) { stage };
    }

    private static SampleShard? ToShard(string? typed, string key)
    {
        if (typed is null)
        {
            return null;
        }

        return StageKey.HasShards(key)
            ? SampleShard.TryParse(typed) ?? throw new UsageException($"--shard: must be I/N with I from 1 to N, and N at most {SampleShard.MaximumCount}, is {typed}")
            : throw new UsageException($"--shard: only of the stages {Stages()}, not of {key}");
    }

    private static string Stages() => $"{string.Join(", ", StageKey.WithShards.SkipLast(1))} and {StageKey.WithShards[^1]}";

    private static ExportRequest? ToExport(ParseResult parsed, StudentExportFlags flags, string key)
    {
        if (key != StageKey.Export && flags.All.FirstOrDefault(flag => Flag.IsTyped(parsed, flag)) is { } typed)
        {
            throw new UsageException($"{typed.Name}: only of the stage {StageKey.Export}, not of {key}");
        }

        return key == StageKey.Export ? flags.ToRequest(parsed, ExportFormat.Onnx) : null;
    }

    private static int Run(CommandContext context, string folder, string key, RunSettings settings)
    {
        try
        {
            if (SweepFolder.IsOne(folder))
            {
                return RunOfSweep(context, folder, key, settings);
            }

            RunCommand.RunStage(context, folder, key, settings);
            // The last stage: the page is what a whole run ends with. The runs of a sweep have one page, at the sweep's end.
            if (key == StageKey.Evaluation && settings.Shard is null && !SweepFolder.IsOne(Path.Combine(folder, "..", "..")))
            {
                RunCommand.Report(context, folder);
            }

            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Error.WritePlainLine($"stopped; the checkpoint is kept, and this goes on from it: {CommandContext.Launcher} run stage {folder} {key}");
            return ExitCode.Interrupted;
        }
    }

    private static int RunOfSweep(CommandContext context, string folder, string key, RunSettings settings)
    {
        RunCommand.Watch(context, observer =>
        {
            SweepCommand.Pipeline(context).RunStage(folder, key, settings, observer, context.Stop);
            return 0;
        });
        if (key != StageKey.Table)
        {
            return ExitCode.Success;
        }

        var results = SweepResults.Read(SweepFolder.Open(folder).ResultsPath);
        SweepTable.Write(context.Output, results);
        if (results.Rows.Count > 0)
        {
            RunCommand.Report(context, folder);
        }

        return SweepCommand.Outcome(context, results);
    }
}
