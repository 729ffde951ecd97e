using Ensemble.Measurement;
using Ensemble.Plots.Reports;
using Ensemble.Runs;

namespace Ensemble.Plots.Tests.Reports;

/// <summary>Reports of the committed quickstart runs, with answers that were made up.</summary>
internal static class SampleReport
{
    public const string Hostile = "<b>\"&'</b><script>alert(1)</script>";
    private const int Images = 400;

    public static string[] ClassNames { get; } = [Hostile, .. Enumerable.Range(1, 9).Select(index => $"class {index}")];

    public static ReportSource Source(params ReportRun[] runs) =>
        new() { Runs = runs, Unfinished = [], CreatedUtc = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Command = "./ensemble report runs/a" };

    /// <summary>A seed of the quickstart.</summary>
    public static ReportRun Run(int seed = 1) => Of(Results.Quickstart()[seed - 1], $"seed-{seed}");

    /// <summary>A run around results.</summary>
    public static ReportRun Of(PlottedRun plotted, string name, double temperature = 4) => new()
    {
        Name = name,
        Folder = $"runs/{name}",
        Manifest = new RunManifest
        {
            Recipe = RunManifest.ToRecipeElement(new { Dataset = Hostile, Seed = plotted.Results.Seed }),
            Seeds = new Dictionary<string, ulong> { ["run"] = plotted.Results.Seed },
            Versions = plotted.Results.Versions,
            Machine = plotted.Results.Hardware,
            Dataset = new DatasetRecord { Name = plotted.Results.Dataset, Checksum = new string('d', 64), Counts = new Dictionary<string, int> { ["train"] = 10_000, ["test"] = 2_000 } },
            CreatedUtc = plotted.Results.CreatedUtc,
            CommandLine = ["./ensemble", "distill", "--data", Hostile],
        },
        Plotted = plotted,
        Teachers = "3 × resnet20",
        Student = plotted.Results.Models[^1].Architecture,
        Objective = "kd",
        HardWeight = 0.1,
        Temperature = temperature,
        Curves = [.. new[] { ("student alone", ModelRole.Baseline), ("student distilled", ModelRole.Student) }.Select(curve => new TrainingCurve { Name = curve.Item1, Role = curve.Item2, Entries = [.. Enumerable.Range(1, 24).Select(Entry)] })],
        Stages = [new ReportStage("teachers", 140.2), new ReportStage("student distilled", 42.8)],
        OpenAnswers = () => Answers(plotted.Results),
    };

    /// <summary>Thirty-six runs: six sizes, two temperatures, three seeds.</summary>
    public static ReportRun[] Sweep() => [.. Results.Sweep("T = 1", "T = 4").Where(run => run.Results.Models[^1].Architecture != "resnet8x2")
        .Select((run, index) => Of(run, $"cell-{index}", run.Variant == "T = 1" ? 1 : 4))];

    /// <summary>Answers of an ensemble, a baseline and a student: ever more of them wrong.</summary>
    public static AnswersFile Answers(ResultsFile results)
    {
        int[] labels = [.. Enumerable.Range(0, Images).Select(image => image % 10)];
        var pictured = SampleChoice.Choose(labels, Guess(labels, 12), Guess(labels, 7), Guess(labels, 3));
        return new AnswersFile
        {
            Header = new AnswersHeader
            {
                Recipe = results.Recipe,
                DataChecksum = new string('e', 64),
                Weights = [.. results.Models.Where(model => model.Role != ModelRole.Ensemble).Select(model => model.WeightsSha256 ?? new string('0', 64))],
                ClassNames = ClassNames,
                Count = Images,
                Models = [Model("ensemble of 3", ModelRole.Ensemble), Model("ensemble of 3", ModelRole.Ensemble, 4), Model("baseline", ModelRole.Baseline), Model("student", ModelRole.Student)],
                Pictures = [.. pictured.Select(sample => new PictureRecord { Image = sample.Image, Bytes = s_png.Length })],
            },
            Labels = labels,
            Answers = [Guess(labels, 12), Guess(labels, 12, 4), Guess(labels, 3), Guess(labels, 7)],
            Pictures = [.. pictured.Select(_ => (ReadOnlyMemory<byte>)s_png)],
        };
    }

    // One image in so many is taken for the next class, surely for some and barely for others.
    private static ModelAnswers Guess(int[] labels, int every, double temperature = 1) => ModelAnswers.FromLogits(
        [.. labels.SelectMany((label, image) => Enumerable.Range(0, 10).Select(index => (float)((index == (image % every == 0 ? (label + 1) % 10 : label) ? 1 + (image % 17 / 4.0) : index == (label + 2) % 10 ? 0.5 : 0) / temperature)))], 10);

    private static readonly byte[] s_png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static AnsweringModel Model(string name, ModelRole role, double temperature = 1) => new() { Name = name, Role = role, Temperature = temperature };

    private static MetricsEntry Entry(int epoch) => new()
    {
        Epoch = epoch,
        Step = 100 * epoch,
        Losses = new Dictionary<string, double> { ["hard"] = 2.0 / epoch },
        Accuracy = 1 - (0.7 / epoch),
        LearningRate = 0.1,
        ImagesPerSecond = 1000,
        Seconds = epoch,
    };
}
