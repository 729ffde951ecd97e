using Ensemble.Measurement;
using Ensemble.Runs;

namespace Ensemble.Plots.Reports;

/// <summary>The run whose answers are looked into: the one whose student's accuracy is the median, or of those that have answers the
/// nearest to it.</summary>
internal sealed class ShownRun
{
    private readonly AnswersFile _file;

    private ShownRun(ReportRun run, AnswersFile file, IReadOnlyList<string> without) => (Run, _file, Without) = (run, file, without);

    public ReportRun Run { get; }

    /// <summary>Runs that are nearer to the median and have no answers, by name.</summary>
    public IReadOnlyList<string> Without { get; }

    public IReadOnlyList<string> ClassNames => _file.Header.ClassNames;

    public IReadOnlyList<int> Labels => _file.Labels;

    /// <summary>The student, or without one the network that was trained alone.</summary>
    public ModelAnswers Student => _file.Find(ModelRole.Student) ?? _file.Find(ModelRole.Baseline)!;

    /// <summary>The models, each with a name for a person: ensemble, student distilled, student alone.</summary>
    public IReadOnlyList<(string Name, ModelRole Role, ModelAnswers Answers)> Models =>
    [
        .. new[] { ModelRole.Ensemble, ModelRole.Student, ModelRole.Baseline }
            .Where(role => _file.Find(role) is not null)
            .Select(role => (NameOf(role), role, _file.Find(role)!)),
    ];

    /// <summary>What is said where there are no answers.</summary>
    public static string HowToGet(ReportRun run) => $"This adds them, where the run's networks and its data still are: ./ensemble run stage {run.Folder} evaluation";

    /// <summary>Finds the run and reads its answers.</summary>
    /// <param name="runs">At least one.</param>
    /// <param name="fault">Why there are none; null where there are.</param>
    /// <returns>The run; null where no answers can be had.</returns>
    public static ShownRun? Find(IReadOnlyList<ReportRun> runs, out string? fault)
    {
        fault = null;
        var without = new List<string>();
        var ordered = runs.OrderBy(Accuracy).ToArray();
        var middle = (ordered.Length - 1) / 2;
        foreach (var run in ordered.Select((run, place) => (run, place)).OrderBy(entry => Math.Abs(entry.place - middle)).Select(entry => entry.run))
        {
            try
            {
                var file = run.OpenAnswers();
                RequireSame(run, file);
                fault = null;
                return new ShownRun(run, file, without);
            }
            catch (DataFaultException exception)
            {
                without.Add(run.Name);
                fault ??= $"{run.Name}: expected {exception.Expected}, found {exception.Found}.";
            }
        }

        return null;
    }

    /// <summary>A model's probabilities of an image, softened as the student learnt them.</summary>
    /// <param name="role">The model.</param>
    /// <param name="answers">Its answers.</param>
    /// <param name="image">The image.</param>
    public double[] Soften(ModelRole role, ModelAnswers answers, int image) =>
        role == ModelRole.Ensemble && _file.FindSoftened(Run.Temperature) is { } softened ? softened.Probabilities(image) : answers.Probabilities(image, Run.Temperature);

    /// <summary>The mean answer on each class's images, softened likewise.</summary>
    public ClassMeans Means(ModelRole role, ModelAnswers answers) =>
        role == ModelRole.Ensemble && _file.FindSoftened(Run.Temperature) is { } softened ? ClassMeans.Of(softened, Labels, 1) : ClassMeans.Of(answers, Labels, Run.Temperature);

    /// <summary>Test images to look at, with their pictures where the file has them.</summary>
    public IReadOnlyList<(ChosenSample Sample, ReadOnlyMemory<byte>? Png)> Samples()
    {
        var pictures = _file.Header.Pictures.Zip(_file.Pictures).GroupBy(entry => entry.First.Image).ToDictionary(group => group.Key, group => group.First().Second);
        var chosen = SampleChoice.Choose(Labels, _file.Find(ModelRole.Ensemble), Student, _file.Find(ModelRole.Student) is null ? null : _file.Find(ModelRole.Baseline));
        return [.. chosen.Select(sample => (sample, pictures.TryGetValue(sample.Image, out var png) ? png : (ReadOnlyMemory<byte>?)null))];
    }

    private string NameOf(ModelRole role) => role switch
    {
        ModelRole.Ensemble => "ensemble",
        ModelRole.Student => "student distilled",
        _ => _file.Find(ModelRole.Student) is null ? "network" : "student alone",
    };

    private static double Accuracy(ReportRun run) =>
        (run.Results.Models.FirstOrDefault(model => model.Role == ModelRole.Student) ?? run.Results.Models.FirstOrDefault(model => model.Role == ModelRole.Baseline) ?? run.Results.Models[0]).Accuracy;

    private static void RequireSame(ReportRun run, AnswersFile file)
    {
        var weights = run.Results.Models.Where(model => model.Role != ModelRole.Ensemble).Select(model => model.WeightsSha256).ToArray();
        if (file.Header.Recipe != run.Results.Recipe || (!weights.Contains(null) && !weights.SequenceEqual(file.Header.Weights)) || file.Find(ModelRole.Baseline) is null)
        {
            throw new DataFaultException(run.Folder, "the answers of the models in results.json", "those of others", "evaluate the run again");
        }
    }
}
