using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Export;

/// <summary>A parity.json: an exported file held against the network that it was made from, on test images.</summary>
public sealed record ParityRecord : IRecord
{
    /// <summary>The file's name in the record's folder.</summary>
    public const string FileName = "parity.json";

    /// <summary>Whether the file answers as the original.</summary>
    public required ParityOutcome Outcome { get; init; }

    /// <summary>Why it does not, or why it was not run; null where it passed.</summary>
    public required string? Reason { get; init; }

    /// <summary>The exported file's name; of a file that failed, the name that it would have had.</summary>
    public required string File { get; init; }

    /// <summary>What the file computes in.</summary>
    public required ExportPrecision Precision { get; init; }

    /// <summary>For int8, how ranges were chosen; else null.</summary>
    public required CalibrationMethod? Calibration { get; init; }

    /// <summary>For int8, steps of quantisation-aware distillation, at least 0; else null.</summary>
    public required int? TuningSteps { get; init; }

    /// <summary>What ran the file: a name and version; null where nothing did.</summary>
    public required string? Runtime { get; init; }

    /// <summary>The machine that the latencies are of.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>Threads that either side computed with.</summary>
    public required int Threads { get; init; }

    /// <summary>Test images compared, at least 1.</summary>
    public required int Images { get; init; }

    /// <summary>What was compared: <c>logits</c> or <c>probabilities</c>.</summary>
    public required string Compared { get; init; }

    /// <summary>The largest absolute difference between the outputs; null where unchecked.</summary>
    public double? LargestDifference { get; init; }

    /// <summary>The largest difference that is allowed; null where the precision is judged by accuracy alone.</summary>
    public double? AllowedDifference { get; init; }

    /// <summary>The share of images on which both have the same top-1 class, 0 to 1; null where unchecked.</summary>
    public double? Agreement { get; init; }

    /// <summary>The least share that is allowed, 0 to 1; null where the precision is judged by accuracy alone.</summary>
    public double? AllowedAgreement { get; init; }

    /// <summary>The original's accuracy on the images, 0 to 1.</summary>
    public required double OriginalAccuracy { get; init; }

    /// <summary>The file's accuracy on the images, 0 to 1; null where unchecked.</summary>
    public double? ExportedAccuracy { get; init; }

    /// <summary>100 (original - exported accuracy), in points; below 0 is a gain; null where unchecked.</summary>
    public double? AccuracyLost { get; init; }

    /// <summary>The loss that is allowed, in points; null where the precision is judged by difference and agreement.</summary>
    public double? AllowedLoss { get; init; }

    /// <summary>The size of the original's weights as safetensors, in bytes.</summary>
    public required long OriginalBytes { get; init; }

    /// <summary>The exported file's size, in bytes.</summary>
    public required long ExportedBytes { get; init; }

    /// <summary>How long the original takes for a pass, by libtorch on the CPU in float32.</summary>
    public required LatencyRecord OriginalLatency { get; init; }

    /// <summary>How long the file takes; null where unchecked.</summary>
    public LatencyRecord? ExportedLatency { get; init; }

    /// <summary>Reads a parity.json.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFaultException">The file is missing or damaged.</exception>
    public static ParityRecord Read(string path) => RecordJson.Read<ParityRecord>(path, "a parity.json of an export", "export again");

    /// <summary>Writes the record, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public void Write(string path) => RecordJson.Write(path, this);

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(File, "file");
        faults.AtLeast(1, Images, "images");
        faults.AtLeast(1, Threads, "threads");
        faults.AtLeast(1, OriginalBytes, "originalBytes");
        faults.AtLeast(1, ExportedBytes, "exportedBytes");
        faults.Share(OriginalAccuracy, "originalAccuracy");
        faults.Share(ExportedAccuracy ?? 0, "exportedAccuracy");
        faults.Share(Agreement ?? 0, "agreement");
        faults.NotNegative(LargestDifference ?? 0, "largestDifference");
        faults.Require((Outcome == ParityOutcome.Unchecked) == (Runtime is null), "runtime", "must be named unless nothing was checked");
        faults.Require((Outcome == ParityOutcome.Passed) == (Reason is null), "reason", "must be given unless the file passed");
        faults.Inside("machine", Machine);
        faults.Inside("originalLatency", OriginalLatency);
        if (ExportedLatency is not null)
        {
            faults.Inside("exportedLatency", ExportedLatency);
        }
    }
}
