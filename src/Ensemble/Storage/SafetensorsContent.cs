namespace Ensemble.Storage;

/// <summary>What a safetensors file holds.</summary>
public sealed record SafetensorsContent
{
    /// <summary>The tensors, in the order of the file's header; names are unique.</summary>
    public required IReadOnlyList<TensorRecord> Tensors { get; init; }

    /// <summary>The file's free text entries (<c>__metadata__</c>); empty where it has none.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}
