using System.Diagnostics;
using Ensemble.Data;
using Ensemble.Storage;
using Ensemble.Teachers;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>Has the teachers answer every view that is counted, once for every student.</summary>
/// <param name="context">The run.</param>
/// <param name="training">Reads the teachers.</param>
internal sealed class SoftTargetStage(RunContext context, TrainingStage training)
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

    /// <summary>What answers for the teachers in the student's training: the store, or the teachers themselves.</summary>
    /// <returns>The teachers; the caller disposes it where it can be.</returns>
    public ITeacher Open()
    {
        if (!context.NeedsSoftTargets)
        {
            return new LoadedTeachers(Members(), Options.Precision);
        }

        var header = new SoftTargetHeader
        {
            Teachers = [.. context.Teachers.Select(plan => TrainingStage.Require(plan).WeightsSha256)],
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
        if (SoftTargetStore.MissingViews(folder, views).Count == 0)
        {
            return SoftTargetStore.Open(folder, header, views);
        }

        using var teachers = new LoadedTeachers(Members(), Options.Precision);
        return SoftTargetStore.Complete(folder, header, views, teachers.Ensemble, context.Train(Options.Augmentation), context.CancellationToken);
    }

    private TrainingOptions Options => context.Student.Seeded(context.Recipe.Seed) with { Precision = context.PrecisionOf(context.Student.Training) };

    private IReadOnlyList<TrainedModel> Members() => [.. context.Teachers.Select(training.Load)];

    /// <summary>Teachers that answer every batch anew, with their networks.</summary>
    private sealed class LoadedTeachers(IReadOnlyList<TrainedModel> members, Acceleration.Precision precision) : ITeacher, IDisposable
    {
        public TeacherEnsemble Ensemble { get; } = new([.. members.Select(member => member.Network)], precision);

        public TorchSharp.torch.Tensor Logits(Batch batch) => Ensemble.Logits(batch);

        public void Dispose()
        {
            foreach (var member in members)
            {
                member.Network.Dispose();
            }
        }
    }
}
