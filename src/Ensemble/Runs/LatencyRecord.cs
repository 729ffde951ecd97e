using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>How long a model takes for one forward pass, on the machine that the results name.</summary>
public sealed record LatencyRecord : IRecord
{
    /// <summary>One image, in milliseconds, above 0.</summary>
    public required double Batch1Milliseconds { get; init; }

    /// <summary>A batch of 128 images, in milliseconds for the whole batch, above 0.</summary>
    public required double Batch128Milliseconds { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Require(
            double.IsFinite(Batch1Milliseconds) && Batch1Milliseconds > 0,
            "batch1Milliseconds",
            "must be finite and above 0");
        faults.Require(
            double.IsFinite(Batch128Milliseconds) && Batch128Milliseconds > 0,
            "batch128Milliseconds",
            "must be finite and above 0");
    }
}
