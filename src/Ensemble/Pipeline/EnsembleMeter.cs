using Ensemble.Data;
using Ensemble.Evaluation;

namespace Ensemble.Pipeline;

/// <summary>Measures the teachers of a run and their ensemble.</summary>
/// <param name="context">The run.</param>
/// <param name="members">Fits the teachers' weights.</param>
internal sealed class EnsembleMeter(RunContext context, TeacherMembers members)
{
    /// <summary>Measures them on the test images, and their accuracies on the validation images where there are any.</summary>
    /// <param name="teachers">The teachers that have networks, at least one.</param>
    /// <param name="answers">What each answers on the test images.</param>
    public EnsembleMeasurement Measure(IReadOnlyList<TrainedModel> teachers, IReadOnlyList<SplitLogits> answers)
    {
        var test = context.Splits.Test;
        var averaging = context.Recipe.ObjectiveOptions.Averaging;
        var recorder = context.Recorder(test);
        var weights = members.FitWeights(teachers);
        var average = Evaluator.Average(answers, averaging, weights);
        var validation = context.Splits.Validation is { } held ? Validate(teachers, held, weights) : null;
        var records = teachers.Select((model, place) =>
            recorder.Record(model, Evaluator.Measure(answers[place], test), Evaluator.Compare(average, answers[place]), gainKept: null) with { ValidationAccuracy = validation?[place] }).ToArray();
        return new EnsembleMeasurement
        {
            Records = [.. records, recorder.RecordEnsemble(records, Evaluator.Measure(average, test)) with { ValidationAccuracy = validation?[^1] }],
            Members = answers,
            Average = average,
            Weights = weights,
            Curve = EnsembleCurves.Measure(answers, test, averaging),
        };
    }

    // Every teacher's accuracy, and the ensemble's last.
    private double[] Validate(IReadOnlyList<TrainedModel> teachers, ImageDataset validation, IReadOnlyList<double>? weights)
    {
        using var resident = new ResidentDataset(validation, context.Normalisation, AugmentationOptions.None, context.Device);
        var answers = ModelRecorder.Answers(teachers, resident);
        return [.. answers.Append(Evaluator.Average(answers, context.Recipe.ObjectiveOptions.Averaging, weights)).Select(logits => Evaluator.Measure(logits, validation).Accuracy)];
    }
}
