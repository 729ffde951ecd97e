using Ensemble.Data;
using Ensemble.Data.Images;
using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>What the models of a run answer on the test images.</summary>
/// <param name="Models">The networks that are not teachers: baseline, then student.</param>
/// <param name="Answers">The logits of each.</param>
/// <param name="Teachers">The teachers and their ensemble; null for none.</param>
/// <param name="Softened">The ensemble of members that were softened first, as the student learns it; null without teachers.</param>
internal sealed record TestAnswers(IReadOnlyList<TrainedModel> Models, SplitLogits[] Answers, EnsembleMeasurement? Teachers, SplitLogits? Softened)
{
    /// <summary>What is kept of it: the ensemble, the baseline and the student (of the teachers their number may be large, and every cell of
    /// a sweep has the same), and the images that a report shows.</summary>
    /// <param name="recipe">The hash of the run's recipe.</param>
    /// <param name="test">The test images.</param>
    /// <param name="temperature">The recipe's temperature.</param>
    public AnswersFile ToFile(string recipe, ImageDataset test, double temperature)
    {
        var kept = new List<(AnsweringModel Model, ModelAnswers Answers)>();
        void Keep(string name, ModelRole role, double at, SplitLogits logits) =>
            kept.Add((new AnsweringModel { Name = name, Role = role, Temperature = at }, ModelAnswers.FromLogits(logits.Values.Span, logits.ClassCount)));
        if (Teachers is not null) Keep(Teachers.Ensemble.Name, ModelRole.Ensemble, 1, Teachers.Average);
        if (Teachers is not null && Softened is not null && temperature != 1) Keep(Teachers.Ensemble.Name, ModelRole.Ensemble, temperature, Softened);
        foreach (var (model, answers) in Models.Zip(Answers))
        {
            Keep(model.Name, model.Role, 1, answers);
        }

        var labels = test.Labels.ToArray();
        var baseline = kept.First(entry => entry.Model.Role == ModelRole.Baseline).Answers;
        var student = kept.FirstOrDefault(entry => entry.Model.Role == ModelRole.Student).Answers;
        var chosen = SampleChoice.Choose(labels, kept[0].Model.Role == ModelRole.Ensemble ? kept[0].Answers : null, student ?? baseline, student is null ? null : baseline);
        var pictures = chosen.Select(sample => (sample.Image, Png: DatasetPicture.ToPng(test, sample.Image))).ToArray();
        return new AnswersFile
        {
            Header = new AnswersHeader
            {
                Recipe = recipe,
                DataChecksum = test.Checksum,
                Weights = [.. Teachers?.Records.SkipLast(1).Select(teacher => teacher.WeightsSha256!) ?? [], .. Models.Select(model => model.WeightsSha256)],
                ClassNames = test.ClassNames,
                Count = test.Count,
                Models = [.. kept.Select(entry => entry.Model)],
                Pictures = [.. pictures.Select(picture => new PictureRecord { Image = picture.Image, Bytes = picture.Png.Length })],
            },
            Labels = labels,
            Answers = [.. kept.Select(entry => entry.Answers)],
            Pictures = [.. pictures.Select(picture => (ReadOnlyMemory<byte>)picture.Png)],
        };
    }
}
