using Ensemble.Runs;

namespace Ensemble.Tests.Runs;

/// <summary>Sound records, for tests to change one thing of.</summary>
internal static class Samples
{
    public const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static readonly DateTimeOffset Noon = new(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    public static MachineInfo Machine { get; } = MachineInfo.Read("2.6.0", "cpu");

    public static ResultRecord Result { get; } = new()
    {
        Name = "student",
        Role = ModelRole.Student,
        Architecture = "cnn-small",
        Parameters = 12_345_678_901,
        MultiplyAdds = 98_765_432_109,
        Bytes = 49_382_716,
        Accuracy = 0.9,
        AccuracyLow = 0.88,
        AccuracyHigh = 0.92,
        Errors = 100,
        Count = 1000,
        Nll = 1.0 / 3,
        Ece = 0.015,
        PerClassAccuracy = [0.8, 1, null],
        Agreement = 0.95,
        KlToEnsemble = 0.0625,
        GainKept = -0.25,
        TrainSeconds = 12.5,
        Latency = new LatencyRecord { Batch1Milliseconds = 0.75, Batch128Milliseconds = 31 },
    };

    public static ResultsFile Results { get; } = new()
    {
        Recipe = "quickstart",
        Dataset = "shapes",
        Seed = ulong.MaxValue,
        Hardware = Machine,
        Versions = new Dictionary<string, string> { ["Ensemble"] = "0.1.0" },
        CreatedUtc = Noon,
        Models = [Result with { Name = "teacher 0", Role = ModelRole.Teacher, GainKept = null, Latency = null }, Result],
    };

    public static ModelRecord Model { get; } = new()
    {
        Architecture = "cnn-small",
        Parameters = 1000,
        MultiplyAdds = 2000,
        ClassNames = ["cercle", "étoile"],
        InputShape = new ModelInputShape { Channels = 1, Height = 28, Width = 29 },
        Mean = [0.1307],
        Std = [0.3081],
        TrainSeconds = 3.25,
        Epochs = 5,
        Seed = 7,
        RecipeHash = Hash,
    };

    public static RunManifest Manifest { get; } = new()
    {
        Recipe = RunManifest.ToRecipeElement(new SampleRecipe { Temperature = 4, Alphas = [0.1, 0.9], Label = "été" }),
        Seeds = new Dictionary<string, ulong> { ["teacher 0"] = 1, ["student"] = ulong.MaxValue },
        Versions = new Dictionary<string, string> { ["libtorch"] = "2.6.0" },
        Machine = Machine,
        Dataset = new DatasetRecord { Name = "shapes", Checksum = Hash, Counts = new Dictionary<string, int> { ["train"] = 5000 } },
        CreatedUtc = Noon,
        CommandLine = ["ensemble", "distill", "--name", "a b"],
    };

    public static MetricsEntry Entry(int epoch, long step = 0) => new()
    {
        Epoch = epoch,
        Step = step,
        Losses = new Dictionary<string, double> { ["crossEntropy"] = 1.0 / 3, ["KL"] = 1e-9 },
        LearningRate = 0.1,
        ImagesPerSecond = 1234.5,
        Seconds = 6.75,
    };
}
