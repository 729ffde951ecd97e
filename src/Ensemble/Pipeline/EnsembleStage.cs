using System.Diagnostics;

namespace Ensemble.Pipeline;

/// <summary>Measures the teachers of a sweep and their ensemble, once for all of its runs.</summary>
/// <param name="context">What the sweep's runs share, as a run.</param>
/// <param name="members">The teachers.</param>
/// <param name="folder">Where to.</param>
internal sealed class EnsembleStage(RunContext context, TeacherMembers members, string folder)
{
    /// <summary>Measures, unless that is done.</summary>
    public void Do()
    {
        var stage = context.Describe(StageKey.Ensemble, "ensemble", $"{context.Splits.Test.Count} test images");
        context.Observer.StageStarted(stage);
        var file = new EnsembleFile(folder);
        if (file.IsDone(context, members))
        {
            context.Observer.StageFinished(stage, 0, wasDone: true);
            return;
        }

        var watch = Stopwatch.StartNew();
        // Those that were brought along stay with whoever read them.
        file.Write(context, members, new EnsembleMeter(context, members).Measure(members.Load()));
        context.Observer.StageFinished(stage, watch.Elapsed.TotalSeconds, wasDone: false);
    }
}
