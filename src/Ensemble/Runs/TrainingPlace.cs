namespace Ensemble.Runs;

/// <summary>Where and how a model was trained: what may differ between the stages of one run.</summary>
public sealed record TrainingPlace
{
    /// <summary>The device: <c>cpu</c>, <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The arithmetic of the layers: <c>fp32</c>, <c>bf16</c>.</summary>
    public required string Precision { get; init; }

    /// <summary>The version of libtorch.</summary>
    public required string LibtorchVersion { get; init; }

    /// <summary>Threads of a processor's operators, at least 1.</summary>
    public required int Threads { get; init; }
}
