namespace Ensemble.Models.Lowering;

/// <summary>A value between two operations of a graph under construction: [N, channels, height, width].</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Channels">Channels; all values of an example once it is flat.</param>
/// <param name="Height">Rows; 1 once it is flat.</param>
/// <param name="Width">Columns; 1 once it is flat.</param>
internal readonly record struct GraphEdge(string Name, long Channels, long Height, long Width);
