using Ensemble.Data;
using Ensemble.Pipeline;
using Ensemble.Runs;

namespace Ensemble.Experiments;

/// <summary>How a training went: on its own images, on images held out, and on the test images, which choose nothing.</summary>
public sealed record LearningCurve
{
    private const string HeldFile = "held-out.jsonl";
    private const string TestFile = "test.jsonl";

    /// <summary>On the training images, as the network met them.</summary>
    public required IReadOnlyList<MetricsEntry> Training { get; init; }

    /// <summary>On images held out.</summary>
    public required IReadOnlyList<MetricsEntry> Held { get; init; }

    /// <summary>On the test images, at the same epochs.</summary>
    public required IReadOnlyList<MetricsEntry> Test { get; init; }

    /// <summary>The test accuracy after the last epoch, in percent.</summary>
    public double Last => 100 * Test[^1].Accuracy!.Value;

    /// <summary>The test accuracy, in percent, at the epoch that is best on the images held out: with early stopping.</summary>
    public double Stopped => 100 * Test.First(entry => entry.Epoch == StoppedAt).Accuracy!.Value;

    /// <summary>The epoch that is best on the images held out; the first of equals.</summary>
    public int StoppedAt => Held.MaxBy(entry => entry.Accuracy)!.Epoch;

    /// <summary>The training accuracy of the last epoch, in percent.</summary>
    public double LastTraining => 100 * Training[^1].Accuracy!.Value;

    /// <summary>What a network is to be measured on while it trains.</summary>
    /// <param name="splits">With images held out.</param>
    /// <param name="every">Epochs between two measurements.</param>
    public static IReadOnlyList<EpochProbe> Probes(DatasetSplits splits, int every) =>
        [new EpochProbe(HeldFile, splits.Validation!, every), new EpochProbe(TestFile, splits.Test, every)];

    /// <summary>Reads the curve of a network that was trained with these probes.</summary>
    public static LearningCurve Of(WorkbenchNetwork network) => new()
    {
        Training = new MetricsLog(Path.Combine(network.Folder, MetricsLog.FileName)).Read(),
        Held = new MetricsLog(Path.Combine(network.Folder, HeldFile)).Read(),
        Test = new MetricsLog(Path.Combine(network.Folder, TestFile)).Read(),
    };
}
