using Ensemble.Acceleration;
using Ensemble.Storage;

namespace Ensemble.Pipeline;

/// <summary>What the answers of some networks on the test images depend on. Two that do not differ stand for the same numbers.</summary>
internal sealed record TestIdentity : IRecord
{
    /// <summary>What each network's answers depend on, a hash each, in order: of a network of the run the SHA-256 of its weights.</summary>
    public required IReadOnlyList<string> Weights { get; init; }

    /// <summary>The checksum of the test images and labels.</summary>
    public required string Data { get; init; }

    /// <summary>Test images, at least 1.</summary>
    public required int Samples { get; init; }

    /// <summary>Logits for each image, at least 1.</summary>
    public required int Classes { get; init; }

    /// <summary>The arithmetic of the networks' layers.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The kind of device that computed: <c>cpu</c>, <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The identity of networks of a run.</summary>
    /// <param name="context">The run.</param>
    /// <param name="weights">What each network's answers depend on, in order.</param>
    public static TestIdentity Of(RunContext context, IReadOnlyList<string> weights) => new()
    {
        Weights = weights,
        Data = context.Splits.Test.Checksum,
        Samples = context.Splits.Test.Count,
        Classes = context.Splits.Test.ClassCount,
        // As Evaluator has it.
        Precision = Precision.Fp32,
        Device = context.Device.type.ToString(),
    };

    /// <summary>What of this differs from another identity, in a person's words; empty when nothing does.</summary>
    /// <param name="other">The identity to compare with.</param>
    public string DifferenceFrom(TestIdentity other)
    {
        (bool IsSame, string Name)[] properties =
        [
            (Weights.SequenceEqual(other.Weights), "weights"),
            (Data == other.Data, "test images"),
            (Samples == other.Samples, $"samples ({Samples}, not {other.Samples})"),
            (Classes == other.Classes, $"classes ({Classes}, not {other.Classes})"),
            (Precision == other.Precision, $"precision ({Precision}, not {other.Precision})"),
            (Device == other.Device, $"device ({Device}, not {other.Device})"),
        ];
        return string.Join(", ", properties.Where(property => !property.IsSame).Select(property => property.Name));
    }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.AtLeast(1, Weights.Count, "weights");
        faults.NoNulls(Weights, "weights");
        faults.Text(Data, "data");
        faults.AtLeast(1, Samples, "samples");
        faults.AtLeast(1, Classes, "classes");
        faults.Require(Enum.IsDefined(Precision), "precision", "is unknown");
        faults.Text(Device, "device");
    }
}
