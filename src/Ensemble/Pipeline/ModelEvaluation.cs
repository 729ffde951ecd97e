using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Teachers;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Measures models that were trained somewhere on a split of some data set.</summary>
public static class ModelEvaluation
{
    /// <summary>Measures each model, and where there are several their ensemble.</summary>
    /// <param name="models">Folders with model.json and model.safetensors, or bare weights with their architecture; at least one.</param>
    /// <param name="registry">The architectures by name.</param>
    /// <param name="split">The images, of the models' shape and classes.</param>
    /// <param name="normalisation">The data set's mean and deviation; a model that was trained with others gets its own.</param>
    /// <param name="averaging">How the models are averaged: arithmetic or geometric.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="hourlyRate">Money for an hour of the device; null for none stated.</param>
    /// <returns>A record for each model, named after its folder or file, in the order given; the ensemble's last.</returns>
    /// <exception cref="ArgumentException">There are no models, one has no network, or the averaging needs fitted weights.</exception>
    /// <exception cref="EnsembleException">A model is missing, damaged, or of other images or classes.</exception>
    public static IReadOnlyList<ResultRecord> Measure(
        IReadOnlyList<BroughtTeacher> models,
        ModelRegistry registry,
        ImageDataset split,
        ChannelStatistics normalisation,
        Averaging averaging,
        torch.Device device,
        double? hourlyRate = null)
    {
        if (models.Count == 0 || models.Any(model => model.IsAnswers))
        {
            throw new ArgumentException("must be at least one model with a network, and no file of answers", nameof(models));
        }

        if (averaging == Averaging.Fitted)
        {
            throw new ArgumentException("fitted weights need a run with validation images", nameof(averaging));
        }

        // Whatever they were trained on: it is for whoever asks to know.
        using var brought = new BroughtTeachers([.. models.Select(model => model with { AllowOtherImages = true })], registry, split, normalisation, device);
        var trained = brought.Models.Select((model, place) => TeacherMembers.Describe(model, split.Shape, $"{place + 1} {Name(model.Source)}") with { Role = ModelRole.Baseline }).ToArray();
        var recorder = new ModelRecorder(split, normalisation, device, hourlyRate);
        var answers = recorder.Answers(trained);
        var ensemble = trained.Length == 1 ? null : Evaluator.Average(answers, averaging);
        var records = trained.Select((model, place) => recorder.Record(
            model,
            Evaluator.Measure(answers[place], split),
            ensemble is null ? null : Evaluator.Compare(ensemble, answers[place]),
            gainKept: null)).ToArray();
        return ensemble is null ? records : [.. records, recorder.RecordEnsemble(records, Evaluator.Measure(ensemble, split))];
    }

    /// <summary>The images among the classes of the models, where these have the images' class names and others, or another order.</summary>
    /// <param name="models">The models; bare weights among them have no names, and their classes are taken to be the data's as they are.</param>
    /// <param name="split">The images.</param>
    /// <returns>The images with the first fitting model's classes; as they are where these are the same, or no model's hold all of theirs.</returns>
    /// <exception cref="DataFaultException">A model is missing or damaged.</exception>
    public static ImageDataset AmongClassesOf(IReadOnlyList<BroughtTeacher> models, ImageDataset split)
    {
        if (models.Any(model => model.Architecture is not null))
        {
            return split;
        }

        var classes = models.Select(model => ModelFile.Read(model.Path).ClassNames).ToArray();
        return classes.Any(names => names.SequenceEqual(split.ClassNames)) || classes.FirstOrDefault(names => split.ClassNames.All(names.Contains)) is not { } wider
            ? split
            : split.InClasses(wider);
    }

    // teachers/0 of a run says more than 0.
    private static string Name(string source)
    {
        var trimmed = Path.TrimEndingDirectorySeparator(source);
        var last = Path.GetFileName(trimmed);
        return last.All(char.IsAsciiDigit) ? $"{Path.GetFileName(Path.GetDirectoryName(trimmed))}/{last}" : last;
    }
}
