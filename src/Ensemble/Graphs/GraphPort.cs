using Ensemble.Storage;

namespace Ensemble.Graphs;

/// <summary>The graph's input or output: a name, the type of an element, and the sizes behind the batch.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Dtype">The type of an element.</param>
/// <param name="Shape">The sizes of one example, outermost first; the batch's size comes before them and is free.</param>
internal sealed record GraphPort(string Name, SafetensorsDtype Dtype, IReadOnlyList<long> Shape);
