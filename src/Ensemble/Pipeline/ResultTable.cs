using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>Turns trained models into the records of results.json: teachers, their ensemble, baseline, student.</summary>
/// <param name="context">The run.</param>
internal sealed class ResultTable(RunContext context)
{
    /// <summary>Puts together what baseline, student and teachers answer on the test images.</summary>
    /// <param name="models">The baseline, then the student if there is one.</param>
    /// <param name="answers">What each of these answers.</param>
    /// <param name="ensemble">The teachers, measured; null for none.</param>
    public TestAnswers Gather(IReadOnlyList<TrainedModel> models, SplitLogits[] answers, EnsembleMeasurement? ensemble)
    {
        var options = context.Recipe.ObjectiveOptions;
        var softened = ensemble is null ? null : Evaluator.Average(ensemble.Members, options.Averaging, ensemble.Weights, options.Temperature);
        return new TestAnswers(models, answers, ensemble, softened);
    }

    /// <summary>Measures baseline and student on the test images.</summary>
    /// <param name="asked">What they answer.</param>
    /// <returns>The records, the teachers' and the ensemble's first.</returns>
    public IReadOnlyList<ResultRecord> Measure(TestAnswers asked)
    {
        var test = context.Splits.Test;
        var recorder = context.Recorder(test);
        var (models, answers, ensemble, _) = asked;
        var metrics = answers.Select(logits => Evaluator.Measure(logits, test)).ToArray();
        var validation = Validate(models);
        var students = models.Select((model, position) =>
        {
            // The ensemble here is of networks: a student that heard files of answers too had another one.
            var gain = model.Role == ModelRole.Student && ensemble is not null && context.Brought.Answers.Count == 0
                ? GainKept.Measure(metrics[position].Accuracy, metrics[0].Accuracy, ensemble.Ensemble.Accuracy)
                : null;
            var comparison = ensemble is null ? null : Evaluator.Compare(ensemble.Average, answers[position]);
            return recorder.Record(model, metrics[position], comparison, gain) with { ValidationAccuracy = validation?[position] };
        });
        return [.. ensemble?.Records ?? [], .. students];
    }

    // Every model's accuracy on the validation images; null without such images.
    private double[]? Validate(IReadOnlyList<TrainedModel> models)
    {
        if (context.Splits.Validation is not { } validation)
        {
            return null;
        }

        using var resident = new ResidentDataset(validation, context.Normalisation, AugmentationOptions.None, context.Device);
        return [.. ModelRecorder.Answers(models, resident).Select(logits => Evaluator.Measure(logits, validation).Accuracy)];
    }
}
