using Ensemble.Export;

namespace Ensemble.Pipeline;

/// <summary>As what the student of a run leaves at its end, with an export's defaults for everything else.</summary>
public sealed record ExportRequest
{
    /// <summary>What it leaves as. Default ONNX.</summary>
    public ExportFormat Format { get; init; } = ExportFormat.Onnx;

    /// <summary>Whether an ONNX Runtime may be fetched where the machine has none. Default true.</summary>
    public bool MayFetchRuntime { get; init; } = true;

    /// <summary>How the student is exported.</summary>
    internal ExportOptions ToOptions() => new() { Format = Format };
}
