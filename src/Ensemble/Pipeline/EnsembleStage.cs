using System.Diagnostics;

namespace Ensemble.Pipeline;

/// <summary>Measures the teachers of a sweep and their ensemble, once for all of its runs.</summary>
/// <param name="context">What the sweep's runs share, as a run.</param>
/// <param name="members">The teachers.</param>
/// <param name="folder">Where to.</param>
internal sealed class EnsembleStage(RunContext context, TeacherMembers members, string folder)
{
    /// <summary>Measures, unless that is done; or does the part that is asked for.</summary>
    public void Do()
    {
        var stage = context.Describe(StageKey.Ensemble, "ensemble", TestPass.Detail(context));
        context.Observer.StageStarted(stage);
        var watch = Stopwatch.StartNew();
        var wasDone = Complete(watch);
        context.Observer.StageFinished(stage, wasDone ? 0 : watch.Elapsed.TotalSeconds, wasDone);
    }

    private bool Complete(Stopwatch watch)
    {
        var file = new EnsembleFile(folder);
        var shard = context.Settings.Shard;
        if (file.IsDone(context, members))
        {
            if (shard is null)
            {
                // What a process left that was killed between its measurement and this.
                new EvaluationParts(folder).Delete();
            }

            return true;
        }

        var pass = new TestPass(context, folder, members.NetworkIdentities);
        if (shard is not null)
        {
            return pass.DoPart(shard, models => models.AddRange(members.Load()));
        }

        // Those that were brought along stay with whoever read them.
        var teachers = members.Load();
        file.Write(context, members, new EnsembleMeter(context, members).Measure(teachers, pass.Answers(teachers)));
        pass.End(watch.Elapsed.TotalSeconds);
        return false;
    }
}
