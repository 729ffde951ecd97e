using System.Diagnostics;
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

    /// <summary>Computes the views that are missing.</summary>
    public void Do()
    {
        var views = Options.Views;
        var stage = context.Describe(StageKey.SoftTargets, Name, $"{views.Count} {(views.Count == 1 ? "view" : "views")} of {context.Splits.Train.Count} images");
        context.Observer.StageStarted(stage);
        var watch = Stopwatch.StartNew();
        var wasDone = SoftTargetStore.MissingViews(context.Run.SoftTargetsPath, views).Count == 0;
        // Opening computes what is missing and checks what is there.
        (Open() as IDisposable)?.Dispose();

        if (!wasDone)
        {
            StageTimer.Add(context.Run.SoftTargetsPath, watch.Elapsed.TotalSeconds);
        }

        context.Observer.StageFinished(stage, wasDone ? 0 : watch.Elapsed.TotalSeconds, wasDone);
    }

    /// <summary>What answers for the teachers in the student's training: the store, the networks themselves, files of answers.</summary>
    /// <returns>The teachers; the caller disposes it where it can be.</returns>
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

        var header = new SoftTargetHeader
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
        var (folder, views) = (context.Run.SoftTargetsPath, Options.Views);
        if (SoftTargetStore.MissingViews(folder, views).Count == 0 && context.Recipe.ObjectiveOptions.Averaging != Averaging.Fitted)
        {
            return SoftTargetStore.Open(folder, header, views);
        }

        using var teachers = LoadTeachers();
        var store = SoftTargetStore.Complete(folder, header, views, teachers.Ensemble, context.Train(Options.Augmentation), context.CancellationToken);
        store.Weights = teachers.Weights;
        return store;
    }

    private TrainingOptions Options => context.Student.Seeded(context.Recipe.Seed) with { Precision = context.PrecisionOf(context.Student.Training) };

    private LoadedTeachers LoadTeachers()
    {
        var networks = members.Load();
        return new LoadedTeachers(networks, Options.Precision, members.FitWeights(networks));
    }
}
