namespace Ensemble.Models.Lowering;

/// <summary>A module that is more than its children in a row, and says so twice: as a forward pass and as a graph.</summary>
/// <remarks>Tests hold one against the other for every family; the export does so again for every file that it writes.</remarks>
internal interface IGraphSource
{
    /// <summary>Appends the operations of the forward pass in eval mode.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="input">What the forward pass would be given.</param>
    /// <returns>What it would return.</returns>
    GraphEdge Lower(GraphBuilder graph, GraphEdge input);
}
