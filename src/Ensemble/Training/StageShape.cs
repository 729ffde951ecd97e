namespace Ensemble.Training;

/// <summary>The map at the end of a network's stage, for one image.</summary>
/// <param name="Name">The stage's name in the state_dict.</param>
/// <param name="Channels">Channels, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public sealed record StageShape(string Name, int Channels, int Height, int Width);
