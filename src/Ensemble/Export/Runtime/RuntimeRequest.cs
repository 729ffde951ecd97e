using Ensemble.Storage;

namespace Ensemble.Export.Runtime;

/// <summary>What an ONNX runtime is asked to do with a model.</summary>
internal sealed record RuntimeRequest
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>The type of a pixel: U8 or F32.</summary>
    public required SafetensorsDtype Dtype { get; init; }

    /// <summary>[N, C, H, W] of the images.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>The images, row-major, as the model takes them.</summary>
    public required ReadOnlyMemory<byte> Pixels { get; init; }

    /// <summary>Threads for one operation, at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>The batch sizes that a pass is timed with.</summary>
    public IReadOnlyList<int> LatencyBatches { get; init; } = [1, 128];
}
