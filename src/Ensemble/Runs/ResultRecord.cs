using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>One model of a run, measured on the test split.</summary>
public sealed record ResultRecord : IRecord
{
    /// <summary>The model's name, unique in the run: <c>teacher 0</c>, <c>student</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is for.</summary>
    public required ModelRole Role { get; init; }

    /// <summary>The architecture's name, as the model families know it.</summary>
    public required string Architecture { get; init; }

    /// <summary>Trainable numbers, at least 0; of an ensemble, the members' sum.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiplications with addition for one image, at least 0; of an ensemble, the members' sum.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>The weights' file, in bytes, at least 0; of an ensemble, the members' sum.</summary>
    public required long Bytes { get; init; }

    /// <summary>Top-1 accuracy, 1 - errors / count; 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The lower end of the accuracy's 95% interval, 0 to 1.</summary>
    public required double AccuracyLow { get; init; }

    /// <summary>The upper end of the accuracy's 95% interval, 0 to 1.</summary>
    public required double AccuracyHigh { get; init; }

    /// <summary>Images whose top-1 class is not the label, 0 to <see cref="Count"/>.</summary>
    public required long Errors { get; init; }

    /// <summary>Images measured, at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>The mean negative log-likelihood of the labels, in nats, at least 0.</summary>
    public required double Nll { get; init; }

    /// <summary>The expected calibration error, 0 to 1.</summary>
    public required double Ece { get; init; }

    /// <summary>
    /// The accuracy on each class's images, 0 to 1, in the order of the labels; null for a class without images.
    /// </summary>
    public required IReadOnlyList<double?> PerClassAccuracy { get; init; }

    /// <summary>The share of images on which the top-1 class is the ensemble's, 0 to 1; null in a run without teachers.</summary>
    public required double? Agreement { get; init; }

    /// <summary>The mean KL(ensemble || model), in nats, at least 0 up to rounding; null in a run without teachers.</summary>
    public required double? KlToEnsemble { get; init; }

    /// <summary>
    /// (student - baseline) / (ensemble - baseline) of the accuracies; null for other roles or where there is no gain.
    /// </summary>
    public required double? GainKept { get; init; }

    /// <summary>The training's duration in seconds, at least 0; of an ensemble, the members' sum.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>What the training cost; of an ensemble, the members' sum. Null in files that older versions wrote.</summary>
    public CostRecord? Cost { get; init; }

    /// <summary>How long a forward pass takes; null where it was not measured.</summary>
    public required LatencyRecord? Latency { get; init; }

    /// <summary>
    /// The SHA-256 of the weights' file, by which a measurement is known to be of these weights; null of an ensemble, of a
    /// teacher without weights here, and in files that older versions wrote.
    /// </summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>The accuracy on the validation images, 0 to 1; null where none were carved off the training images.</summary>
    public double? ValidationAccuracy { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(Name, "name");
        faults.Text(Architecture, "architecture");
        faults.Require(Enum.IsDefined(Role), "role", "is unknown");
        faults.AtLeast(0, Parameters, "parameters");
        faults.AtLeast(0, MultiplyAdds, "multiplyAdds");
        faults.AtLeast(0, Bytes, "bytes");
        faults.NotNegative(TrainSeconds, "trainSeconds");
        FindFaultsOfFit(faults);
        faults.Share(Agreement ?? 0, "agreement");
        faults.Finite(KlToEnsemble ?? 0, "klToEnsemble");
        faults.Share(ValidationAccuracy ?? 0, "validationAccuracy");
        faults.Finite(GainKept ?? 0, "gainKept");
        if (WeightsSha256 is not null)
        {
            faults.Sha256(WeightsSha256, "weightsSha256");
        }

        if (Cost is not null)
        {
            faults.Inside("cost", Cost);
        }

        if (Latency is not null)
        {
            faults.Inside("latency", Latency);
        }
    }

    private void FindFaultsOfFit(RecordFaults faults)
    {
        faults.AtLeast(1, Count, "count");
        faults.Require(Errors >= 0 && Errors <= Count, "errors", $"must be 0 to count ({Count}), is {Errors}");
        faults.Share(Accuracy, "accuracy");
        faults.Require(
            Count < 1 || Math.Abs(Accuracy - (1 - ((double)Errors / Count))) < 1e-9,
            "accuracy",
            "is not 1 - errors / count");
        faults.Require(
            AccuracyLow >= 0 && AccuracyLow <= Accuracy && Accuracy <= AccuracyHigh && AccuracyHigh <= 1,
            "accuracyLow, accuracyHigh",
            "must enclose the accuracy, within 0 to 1");
        faults.NotNegative(Nll, "nll");
        faults.Share(Ece, "ece");
        faults.Require(
            PerClassAccuracy.All(accuracy => accuracy is null or (>= 0 and <= 1)),
            "perClassAccuracy",
            "must be 0 to 1 each");
    }
}
