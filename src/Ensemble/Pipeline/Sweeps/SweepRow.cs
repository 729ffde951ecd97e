using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>A student of a sweep over its seeds: one network, trained alone and distilled in one way.</summary>
public sealed record SweepRow : IRecord
{
    /// <summary>The student's architecture.</summary>
    public required string Student { get; init; }

    /// <summary>The objective.</summary>
    public required string Objective { get; init; }

    /// <summary>The temperature.</summary>
    public required double Temperature { get; init; }

    /// <summary>The weight of the labels, 0 to 1.</summary>
    public required double HardWeight { get; init; }

    /// <summary>The seeds that are done; at least one.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Trainable numbers, at least 0.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiplications with addition for one image, at least 0.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>The weights' file, in bytes, at least 0.</summary>
    public required long Bytes { get; init; }

    /// <summary>Top-1 accuracy on the test images of the network trained alone, 0 to 1.</summary>
    public required SeedMean BaselineAccuracy { get; init; }

    /// <summary>The same of the distilled one.</summary>
    public required SeedMean StudentAccuracy { get; init; }

    /// <summary>Student less baseline of the same seed, -1 to 1.</summary>
    public required SeedMean Gain { get; init; }

    /// <summary>
    /// (student - baseline) / (ensemble - baseline) of the mean accuracies; null where the ensemble is no better than the
    /// baseline, or is not all that the student heard.
    /// </summary>
    public required double? GainKept { get; init; }

    /// <summary>The mean share of test images on which the student's class is the ensemble's, 0 to 1; null without an ensemble.</summary>
    public required double? Agreement { get; init; }

    /// <summary>The median over the seeds of the student's forward pass; null where it was not measured.</summary>
    public required LatencyRecord? Latency { get; init; }

    /// <summary>The mean duration of the student's training, in seconds, at least 0.</summary>
    public required double StudentTrainSeconds { get; init; }

    /// <summary>The same of the baseline's.</summary>
    public required double BaselineTrainSeconds { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(Student, "student");
        faults.Text(Objective, "objective");
        faults.Finite(Temperature, "temperature");
        faults.Share(HardWeight, "hardWeight");
        faults.AtLeast(1, Seeds.Count, "seeds");
        faults.AtLeast(0, Parameters, "parameters");
        faults.AtLeast(0, MultiplyAdds, "multiplyAdds");
        faults.AtLeast(0, Bytes, "bytes");
        faults.Inside("baselineAccuracy", BaselineAccuracy);
        faults.Inside("studentAccuracy", StudentAccuracy);
        faults.Inside("gain", Gain);
        faults.Finite(GainKept ?? 0, "gainKept");
        faults.Share(Agreement ?? 0, "agreement");
        faults.NotNegative(StudentTrainSeconds, "studentTrainSeconds");
        faults.NotNegative(BaselineTrainSeconds, "baselineTrainSeconds");
        if (Latency is not null)
        {
            faults.Inside("latency", Latency);
        }
    }
}
