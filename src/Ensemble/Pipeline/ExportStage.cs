using System.Diagnostics;
using Ensemble.Export;

namespace Ensemble.Pipeline;

/// <summary>Exports the student of a run, as the command export does by its defaults.</summary>
/// <param name="context">The run.</param>
internal sealed class ExportStage(RunContext context)
{
    /// <summary>Exports, unless this student was exported so.</summary>
    public void Do()
    {
        var request = context.Settings.Export ?? new ExportRequest();
        var options = request.ToOptions();
        var stage = context.Describe(StageKey.Export, "export", $"student as {options.Format.ToString().ToLowerInvariant()}");
        context.Observer.StageStarted(stage);
        TrainingStage.Require(context.Student);
        if (RunExport.IsStudentDone(context.Run, options))
        {
            context.Observer.StageFinished(stage, 0, wasDone: true);
            return;
        }

        var watch = Stopwatch.StartNew();
        var source = RunExport.Of(context.Run, context.Recipe, RunExport.Student, context.Splits);
        var exporter = new ModelExporter(context.Models) { MayFetchRuntime = request.MayFetchRuntime };
        var report = exporter.Export(source, options, RunExport.FolderOf(context.Run, RunExport.Student, options), step => context.Observer.Exporting(stage, step));
        context.Observer.StageFinished(stage, watch.Elapsed.TotalSeconds, wasDone: false);
        context.Observer.Exported(stage, report);
    }
}
