using Ensemble.Data;
using Ensemble.Storage;
using Ensemble.Teachers;
using Ensemble.Teachers.External;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>Has the teachers answer every view that is counted, once for every student.</summary>
/// <param name="context">The run.</param>
/// <param name="members">The teachers.</param>
internal sealed class SoftTargetStage(RunContext context, TeacherMembers members)
{
    private const string Name = "soft targets";

    private SoftTargetShards Shards => new(context.SoftTargetsPath);

    /// <summary>Computes the views that are missing, or the part of them that is asked for; joins parts that are there.</summary>
    public void Do()
    {
        var views = Options.Views;
        var shard = context.Settings.Shard;
        var part = shard is null ? "" : $"shard {shard} of ";
        var stage = context.Describe(StageKey.SoftTargets, Name, $"{part}{views.Count} {(views.Count == 1 ? "view" : "views")} of {context.Splits.Train.Count} images");
        context.Observer.StageStarted(stage);
        var timer = new ViewTimer(shard is null ? context.SoftTargetsPath : Shards.PathOf(shard));
        var wasDone = (shard is null ? SoftTargetStore.MissingViews(context.SoftTargetsPath, views) : Shards.MissingViews(shard, views)).Count == 0;
        try
        {
            if (shard is null)
            {
                Complete(wasDone, timer);
            }
            else
            {
                CompleteShard(shard, wasDone, timer);
            }
        }
        finally
        {
            if (!wasDone)
            {
                // Also of an attempt that was stopped: the views that it finished stay.
                timer.Note();
            }
        }

        context.Observer.StageFinished(stage, wasDone ? 0 : timer.Seconds, wasDone);
    }

    private void Complete(bool wasDone, ViewTimer timer)
    {
        if (!wasDone && !Shards.Any)
        {
            using var teachers = LoadTeachers();
            SoftTargetStore.Complete(
                context.SoftTargetsPath, Header(), Options.Views, teachers.Ensemble, context.Data.Train(Options.Augmentation), timer, context.CancellationToken).Dispose();
            return;
        }

        var seconds = Shards.Folders.Sum(StageTimer.Read);
        if (Shards.Any)
        {
            Shards.Join(Header(), Options.Views);
            StageTimer.Add(context.SoftTargetsPath, seconds);
        }

        SoftTargetStore.Open(context.SoftTargetsPath, Header(), Options.Views).Dispose();
    }

    private void CompleteShard(SampleShard shard, bool wasDone, ViewTimer timer)
    {
        if (!wasDone)
        {
            using var teachers = LoadTeachers();
            Shards.Write(shard, Header(), Options.Views, teachers.Ensemble, context.Data.Train(Options.Augmentation), timer, context.CancellationToken);
        }

        Shards.Check(shard, Header(), Options.Views);
    }

    /// <summary>What answers for the teachers in the student's training: the store, the networks themselves, files of answers.</summary>
    /// <returns>The teachers; the caller disposes it where it can be.</returns>
    /// <exception cref="DataFaultException">A view is missing, damaged, or of other teachers, data or views.</exception>
    public ITeacher Open()
    {
        if (members.NetworkIdentities.Count == 0)
        {
            return new AnsweredTeacher(context.Brought.Answers);
        }

        var networks = OpenNetworks();
        // Answers from files follow the networks; their weights are equal, as the recipe holds.
        return context.Brought.Answers.Count == 0 ? networks : new TeacherGroup(networks, new AnsweredTeacher(context.Brought.Answers));
    }

    private ITeacher OpenNetworks()
    {
        if (!context.NeedsSoftTargets)
        {
            return LoadTeachers();
        }

        var (folder, views) = (context.SoftTargetsPath, Options.Views);
        var missing = SoftTargetStore.MissingViews(folder, views).Count;
        if (missing > 0)
        {
            throw new DataFaultException(folder, $"{views.Count} views", $"{views.Count - missing}", context.Sweep is { } sweep ? $"do the stage {StageKey.SoftTargets} of {sweep.RootPath} first" : $"do the stage {StageKey.SoftTargets} first");
        }

        var store = SoftTargetStore.Open(folder, Header(), views);
        if (context.Recipe.ObjectiveOptions.Averaging == Averaging.Fitted)
        {
            using var teachers = LoadTeachers();
            store.Weights = teachers.Weights;
        }

        return store;
    }

    private SoftTargetHeader Header() => new()
    {
        Teachers = members.NetworkIdentities,
        Data = context.Splits.Train.Checksum,
        ViewRecipe = CanonicalJson.Hash(new
        {
            Options.Augmentation, Options.Views.Seed, context.Normalisation, Options.Precision, Device = context.Device.type.ToString(),
        }),
        View = 0,
        Samples = context.Splits.Train.Count,
        Classes = context.Splits.Train.ClassCount,
    };

    private TrainingOptions Options => context.Student.Seeded(context.Recipe) with { Precision = context.PrecisionOf(context.Student.Training) };

    private LoadedTeachers LoadTeachers()
    {
        var networks = members.Load();
        return new LoadedTeachers(networks, Options.Precision, members.FitWeights(networks));
    }
}
