using Ensemble.Data;
using Ensemble.Storage;

namespace Ensemble.Pipeline;

/// <summary>A part.json: what the logits beside it are, which are networks' answers on some of the test images.</summary>
internal sealed record EvaluationPart : IRecord
{
    /// <summary>The record's file name.</summary>
    public const string FileName = "part.json";

    /// <summary>What every part of the same evaluation has too.</summary>
    public required TestIdentity Of { get; init; }

    /// <summary>Which part of how many: <c>2/8</c>; see <see cref="SampleShard.TryParse(string)"/>.</summary>
    public required string Shard { get; init; }

    /// <summary>The test images whose logits are here.</summary>
    public required SampleRange Range { get; init; }

    /// <summary>The SHA-256 of the logits' file.</summary>
    public required string LogitsSha256 { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Inside("of", Of);
        faults.Require(SampleShard.TryParse(Shard) is not null, "shard", $"must be I/N, is {Shard}");
        faults.AtLeast(0, Range.First, "range.first");
        faults.AtLeast(0, Range.Count, "range.count");
        faults.Sha256(LogitsSha256, "logitsSha256");
    }
}
