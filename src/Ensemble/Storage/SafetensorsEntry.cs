namespace Ensemble.Storage;

/// <summary>One tensor of a safetensors header.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Dtype">The type of an element.</param>
/// <param name="Shape">The sizes, outermost first.</param>
/// <param name="Begin">The first byte, counted from the end of the header.</param>
/// <param name="End">The byte after the last.</param>
internal sealed record SafetensorsEntry(
    string Name, SafetensorsDtype Dtype, IReadOnlyList<long> Shape, long Begin, long End);
