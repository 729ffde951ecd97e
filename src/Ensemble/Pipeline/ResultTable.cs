using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Runs;
using Ensemble.Teachers;

namespace Ensemble.Pipeline;

/// <summary>Turns trained models into the records of results.json: teachers, their ensemble, baseline, student.</summary>
/// <param name="context">The run.</param>
/// <param name="members">Fits the teachers' weights.</param>
internal sealed class ResultTable(RunContext context, TeacherMembers members)
{
    private readonly ImageDataset _test = context.Splits.Test;

    /// <summary>Ensembles of the teachers by size; null before <see cref="Measure"/>, and without networks that teach.</summary>
    public EnsembleCurve? Curve { get; private set; }

    private Averaging Averaging => context.Recipe.ObjectiveOptions.Averaging;

    /// <summary>Asks every model, and the ensemble, about every test image.</summary>
    /// <param name="models">Teachers first, if there are any, then baseline, then student.</param>
    public TestAnswers Ask(IReadOnlyList<TrainedModel> models)
    {
        var answers = Recorder(_test).Answers(models);
        var teachers = models.Count(model => model.Role == ModelRole.Teacher);
        var weights = teachers == 0 ? null : members.FitWeights([.. models.Take(teachers)]);
        SplitLogits? Average(double temperature) => teachers == 0 ? null : Evaluator.Average(answers[..teachers], Averaging, weights, temperature);
        return new TestAnswers(models, answers, Average(1), Average(context.Recipe.ObjectiveOptions.Temperature), weights);
    }

    /// <summary>Measures every model on the test images.</summary>
    /// <param name="asked">What they answer.</param>
    public IReadOnlyList<ResultRecord> Measure(TestAnswers asked)
    {
        var recorder = Recorder(_test);
        var (models, answers, ensemble, _, weights) = asked;
        var teachers = models.Count(model => model.Role == ModelRole.Teacher);
        var ensembleMetrics = ensemble is null ? null : Evaluator.Measure(ensemble, _test);
        var baselineAccuracy = Evaluator.Measure(answers[teachers], _test).Accuracy;
        var validation = Validate(models, teachers, weights);
        Curve = teachers == 0 ? null : EnsembleCurves.Measure(answers[..teachers], _test, Averaging);
        var records = models.Select((model, position) =>
        {
            var metrics = Evaluator.Measure(answers[position], _test);
            // The ensemble here is of networks: a student that heard files of answers too had another one.
            var gain = model.Role == ModelRole.Student && ensembleMetrics is not null && context.Brought.Answers.Count == 0
                ? GainKept.Measure(metrics.Accuracy, baselineAccuracy, ensembleMetrics.Accuracy)
                : null;
            var comparison = ensemble is null ? null : Evaluator.Compare(ensemble, answers[position]);
            return recorder.Record(model, metrics, comparison, gain) with { ValidationAccuracy = validation?[position] };
        }).ToList();
        if (ensembleMetrics is not null)
        {
            records.Insert(teachers, recorder.RecordEnsemble(records[..teachers], ensembleMetrics) with { ValidationAccuracy = validation?[^1] });
        }

        return records;
    }

    private ModelRecorder Recorder(ImageDataset split) => new(split, context.Normalisation, context.Device, context.Settings.HourlyRate);

    // Every model's accuracy on the validation images, and the ensemble's last where there is one; null without such images.
    private double[]? Validate(IReadOnlyList<TrainedModel> models, int teachers, IReadOnlyList<double>? weights)
    {
        if (context.Splits.Validation is not { } validation)
        {
            return null;
        }

        var answers = Recorder(validation).Answers(models);
        IEnumerable<SplitLogits> ensemble = teachers == 0 ? [] : [Evaluator.Average(answers[..teachers], Averaging, weights)];
        return [.. answers.Concat(ensemble).Select(logits => Evaluator.Measure(logits, validation).Accuracy)];
    }
}
