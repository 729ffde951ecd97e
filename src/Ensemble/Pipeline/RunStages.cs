using Ensemble.Distillation;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>Does the stages of one run by their keys.</summary>
/// <param name="context">The run.</param>
/// <param name="manifest">Its run.json.</param>
internal sealed class RunStages(RunContext context, RunManifest manifest)
{
    private readonly TrainingStage _training = new(context);

    private TeacherMembers Members => new(context, _training);

    /// <summary>Does a stage, unless it is done.</summary>
    /// <param name="key">One of <see cref="RunContext.Stages"/>, or of those that a sweep has besides.</param>
    public void Do(string key)
    {
        switch (key)
        {
            case StageKey.SoftTargets:
                SoftTargets.Do();
                break;
            case StageKey.Ensemble:
                new EnsembleStage(context, Members, SweepFolder.EnsemblePathOf(context.Run)).Do();
                break;
            case StageKey.Baseline:
                Train(context.Baseline);
                break;
            case StageKey.Student:
                TrainStudent();
                break;
            case StageKey.Evaluation:
                new EvaluationStage(context, _training, Members, manifest).Do();
                break;
            case StageKey.Export:
                new ExportStage(context).Do();
                break;
            default:
                Train(context.Teachers[StageKey.TeacherIndex(key)!.Value]);
                break;
        }
    }

    private SoftTargetStage SoftTargets => new(context, Members);

    private void Train(StagePlan plan) => _training.Do(plan, new HardLabels(plan.Training.LabelSmoothing), [], openTeacher: null);

    private void TrainStudent()
    {
        var members = context.Objective.NeedsTeachers ? Members.Identities : [];
        Func<ITeacher>? open = context.Objective.NeedsTeachers ? SoftTargets.Open : null;
        _training.Do(context.Student, context.Objective, members, open);
    }
}
